import type { PointedAt, RoomEvent } from "@darasa/protocol";
import { createRoot, createSignal } from "solid-js";
import { describe, expect, test } from "vitest";
import { createListeners } from "../../connection/listeners.ts";
import { makeFakeEnvironment } from "../../connection/test/fakeEnvironment.ts";
import { initialRoom, reduceRoom } from "../../room/reduceRoom.ts";
import { amina, makeJoinAck, makeParticipant, me, roomId } from "../../room/test/roomFixtures.ts";
import { createPointers } from "./createPointers.ts";

const teacher = makeParticipant(amina, { name: "Amina Juma", role: "teacher" });

function roomWith(drawAllowed: boolean) {
  const participants = [makeParticipant(me, { drawAllowed }), teacher];
  const ack = makeJoinAck({ participants, count: 2 });
  return reduceRoom(initialRoom(me, "student"), { type: "joined", ack, since: null });
}

function setUp() {
  const environment = makeFakeEnvironment();
  const events = createListeners<RoomEvent>();
  const told: (PointedAt | null)[] = [];
  const [state, setState] = createSignal(roomWith(true));
  const joins = createListeners<undefined>();
  const commands = { point: (at: PointedAt | null) => told.push(at) } as never;
  const pointers = createRoot(() =>
    createPointers(
      {
        state,
        commands,
        onEvent: events.listen,
        onJoined: (listen) => joins.listen(() => listen()),
      },
      environment,
    ),
  );
  const hear = (at: PointedAt | null) =>
    events.tell({ type: "pointer", room: roomId, participantId: amina, at });
  const allow = (mayDraw: boolean, how: "told" | "joined again") => {
    setState(roomWith(mayDraw));
    if (how === "joined again") joins.tell(undefined);
    else events.tell({ type: "presence", room: roomId, present: [], gone: [], count: 2 });
  };
  return { environment, told, allow, pointers, hear };
}

describe("[P13] pointers in a class", () => {
  test("another's is shown until they end it, or are not heard of for 6 s", () => {
    const { environment, pointers, hear } = setUp();
    hear({ target: "screen", x: 0.1, y: 0.2 });
    expect(pointers.shownOn(me)).toMatchObject([{ name: "Amina Juma", x: 0.1, y: 0.2 }]);
    hear(null);
    expect(pointers.shownOn(me)).toEqual([]);
    hear({ target: "screen", x: 0.1, y: 0.2 });
    environment.pass(4_000);
    hear({ target: "screen", x: 0.1, y: 0.2 });
    environment.pass(5_999);
    expect(pointers.shownOn(me)).toHaveLength(1);
    environment.pass(1);
    expect(pointers.shownOn(me)).toEqual([]);
  });

  test("one's own is told with whose screen it is on, as long as it is on", () => {
    const { environment, told, pointers } = setUp();
    pointers.point({ x: 0.5, y: 0.5 });
    pointers.begin(amina, null);
    expect(pointers.own()).toEqual({ sharer: amina, place: null });
    pointers.point({ x: 0.25, y: 0.75 });
    environment.pass(0);
    pointers.end();
    environment.pass(1_000);
    pointers.point({ x: 0.5, y: 0.5 });
    environment.pass(1_000);
    expect(told).toEqual([{ target: "screen", x: 0.25, y: 0.75, sharedBy: amina }, null]);
    expect(pointers.own()).toBeNull();
  });

  test.each(["told", "joined again"] as const)(
    "one's own ends with the right to it, and cannot begin without: %s",
    (how) => {
      const { environment, told, pointers, allow } = setUp();
      pointers.begin(amina, { x: 0.5, y: 0.5 });
      environment.pass(1_000);
      allow(false, how);
      environment.pass(1_000);
      expect(pointers.own()).toBeNull();
      expect(told).toEqual([{ target: "screen", x: 0.5, y: 0.5, sharedBy: amina }, null]);
      pointers.begin(amina, { x: 0.5, y: 0.5 });
      environment.pass(1_000);
      expect(told).toHaveLength(2);
    },
  );
});
