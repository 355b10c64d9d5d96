import type { ParticipantId, RoomId } from "@darasa/protocol";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fakeSession, fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import { leave } from "./people.ts";
import { newRoom, type Stay } from "./room.ts";
import { pageOfRoster } from "./roster.ts";

test("[P10] pages read one after the other bring everybody once, in order, whoever came and went before", () => {
  const comings = fc.array(fc.tuple(fc.nat(40), fc.boolean()), { maxLength: 120, size: "max" });
  fc.assert(
    fc.property(comings, fc.integer({ min: 1, max: 7 }), (script, pageSize) => {
      const room = newRoom(schoolId, "room" as RoomId);
      const there = new Map<string, Stay>();
      for (const [who, comes] of script) {
        const id = `id ${String(who)}`;
        const stay = there.get(id);
        if (comes && stay === undefined) {
          there.set(id, fakeStay(room, fakeSession({ participantId: id as ParticipantId })));
        } else if (!comes && stay !== undefined) {
          leave(stay);
          there.delete(id);
        }
        // Somebody begins to read somewhere in between.
        if (who === 7) pageOfRoster(room, { after: null, query: "", pageSize });
      }
      const read: string[] = [];
      let after: ParticipantId | null = null;
      do {
        const page = pageOfRoster(room, { after, query: "", pageSize });
        read.push(...page.participants.map(({ participantId }) => participantId));
        ({ next: after } = page);
      } while (after !== null);
      expect(read).toEqual([...there.keys()].sort());
    }),
  );
});
