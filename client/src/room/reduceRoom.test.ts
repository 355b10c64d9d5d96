import type { Pulse, Stage } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { initialRoom, ownRights, reduceRoom, type RoomState } from "./reduceRoom.ts";
import {
  amina,
  liveClassId,
  makeJoinAck,
  makeMessage,
  makeMessages,
  makeParticipant,
  me,
  roomId,
} from "./test/roomFixtures.ts";

function joined(ack = makeJoinAck()): RoomState {
  return reduceRoom(initialRoom(me, "student"), { type: "joined", ack, since: null });
}

describe("reduceRoom", () => {
  test("a join gives role, permissions, people and messages", () => {
    const permissions = { drawing: "everyone", chatLocked: true } as const;
    const state = joined(
      makeJoinAck({ permissions, headSeq: 3, recent: makeMessages(1, 3), role: "guest" }),
    );
    expect(state).toMatchObject({ status: { name: "joined" }, role: "guest", permissions });
    expect(state.chat.messages).toHaveLength(3);
    expect(state.presence.size).toBe(1);
  });

  test("a lost connection keeps everything on the screen", () => {
    const before = joined(makeJoinAck({ headSeq: 1, recent: makeMessages(1, 1) }));
    const state = reduceRoom(before, { type: "disconnected" });
    expect(state.status.name).toBe("left");
    expect(state.chat.messages).toBe(before.chat.messages);
    expect(state.presence).toBe(before.presence);
  });

  test("[P4] rights follow the class's locks and one's own permission", () => {
    const state = joined();
    expect(ownRights(state)).toMatchObject({ draw: false, chat: true, moderate: false });
    const allowed = reduceRoom(state, {
      type: "event",
      event: {
        type: "presence",
        room: roomId,
        present: [makeParticipant(me, { drawAllowed: true })],
        gone: [],
        count: 1,
      },
    });
    expect(ownRights(allowed).draw).toBe(true);
    const locked = reduceRoom(allowed, {
      type: "event",
      event: {
        type: "permissions",
        room: roomId,
        permissions: { drawing: "everyone", chatLocked: true },
      },
    });
    expect(ownRights(locked)).toMatchObject({ draw: true, chat: false, moderate: false });
  });

  test("[V8] what one may send follows the stage, one's own exception and whether one presents", () => {
    const stage: Stage = {
      video: "mesh",
      presenter: null,
      spotlight: null,
      sources: ["camera"],
      recording: null,
    };
    const state = joined(makeJoinAck({ stage }));
    expect(ownRights(state).send).toEqual(["camera"]);
    const room = roomId;
    const presenting = reduceRoom(state, {
      type: "event",
      event: { type: "stage", room, stage: { ...stage, presenter: me } },
    });
    expect(ownRights(presenting).send).toEqual(["camera", "screen"]);
    const present = [makeParticipant(me, { sources: [] })];
    const excepted = reduceRoom(state, {
      type: "event",
      event: { type: "presence", room, present, gone: [], count: 1 },
    });
    expect(ownRights(excepted).send).toEqual([]);
  });

  test("[Q2] what teachers are told of lines holds until it is told anew, or the person is gone", () => {
    const pulse: Pulse = {
      participantId: amina,
      mode: "audio",
      quality: "poor",
      roundTripMs: 900,
      lossFraction: 0.1,
      activeAtMs: 5_000,
    };
    const tell = (state: RoomState, people: readonly Pulse[]) =>
      reduceRoom(state, { type: "event", event: { type: "pulse", room: roomId, people } });
    const other: Pulse = { ...pulse, participantId: me };
    const told = tell(tell(joined(), [pulse, other]), [{ ...pulse, quality: "good" }]);
    expect(told.pulse.get(amina)?.quality).toBe("good");
    expect(told.pulse.get(me)).toBe(other);
    const left = reduceRoom(told, {
      type: "event",
      event: { type: "presence", room: roomId, present: [], gone: [amina], count: 1 },
    });
    expect([...left.pulse.keys()]).toEqual([me]);
    expect(reduceRoom(told, { type: "joined", ack: makeJoinAck(), since: 3 }).pulse.size).toBe(0);
  });

  test("a teacher may do everything in any state of the locks", () => {
    const state = joined(
      makeJoinAck({ role: "teacher", permissions: { drawing: "teachers", chatLocked: true } }),
    );
    expect(ownRights(state)).toMatchObject({ draw: true, chat: true, moderate: true });
  });

  test("[P6] removed is final", () => {
    const removed = reduceRoom(joined(), {
      type: "event",
      event: { type: "removed", room: roomId },
    });
    expect(removed.status).toEqual({ name: "removed" });
    expect(reduceRoom(removed, { type: "joined", ack: makeJoinAck(), since: 0 })).toBe(removed);
  });

  test("[P8] how many wait is known to whom it is told", () => {
    const told = reduceRoom(joined(), {
      type: "event",
      event: { type: "waitingRoom", room: roomId, count: 3 },
    });
    expect([joined().waiting, told.waiting]).toEqual([0, 3]);
  });

  test("[P7] an ended class is final and says why", () => {
    const ended = reduceRoom(joined(), {
      type: "event",
      event: { type: "liveClassEnded", room: roomId, liveClass: liveClassId, reason: "no_teacher" },
    });
    expect(ended.status).toEqual({ name: "ended", reason: "no_teacher" });
    expect(reduceRoom(ended, { type: "disconnected" })).toBe(ended);
  });

  test.each([
    ["removed", { name: "removed" }],
    ["class_ended", { name: "ended", reason: null }],
    ["forbidden", { name: "refused", code: "forbidden" }],
  ] as const)("a join refused with %s says so", (code, status) => {
    expect(reduceRoom(joined(), { type: "refused", code }).status).toEqual(status);
  });

  test("an event that changes nothing leaves the state as it is", () => {
    const state = joined(makeJoinAck({ headSeq: 1, recent: makeMessages(1, 1) }));
    for (const event of [
      { type: "chatMessage", room: roomId, ...makeMessage(1) },
      { type: "head", room: roomId, seq: 1 },
      { type: "muted", room: roomId, track: "microphone", byName: "Amina Juma" },
    ] as const) {
      expect(reduceRoom(state, { type: "event", event })).toBe(state);
    }
  });
});
