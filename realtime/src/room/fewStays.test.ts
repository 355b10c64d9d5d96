import type { RoomId } from "@darasa/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FewStays } from "./fewStays.ts";
import type { Stay } from "./room.ts";

const change = fc.record({
  room: fc.constantFrom("a", "b", "c").map((room) => room as RoomId),
  isLeave: fc.boolean(),
});

test("a session's few stays are those that a Map would have", () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const stays = new FewStays();
      const all = new Map<RoomId, Stay>();
      for (const { room, isLeave } of changes) {
        const stay = { room: { roomId: room } } as Stay;
        for (const one of [stays, all]) {
          if (isLeave) one.delete(room);
          else one.set(room, stay);
        }
        expect(stays.size).toBe(all.size);
        expect(new Set(stays.values())).toEqual(new Set(all.values()));
        expect(stays.get(room)).toBe(all.get(room));
        expect(stays.has(room)).toBe(all.has(room));
      }
    }),
  );
});
