import { describe, expect, test } from "vitest";
import { initialRoom, reduceRoom, type RoomState } from "../../room/reduceRoom.ts";
import { makeJoinAck, makeParticipant, me, roomId } from "../../room/test/roomFixtures.ts";
import { followHand } from "./followHand.ts";

const joining = initialRoom(me, "student");
const join = (from: RoomState, handRaisedAtMs: number | null) =>
  reduceRoom(from, {
    type: "joined",
    ack: makeJoinAck({ participants: [makeParticipant(me, { handRaisedAtMs })] }),
    since: null,
  });
const hand = (from: RoomState, handRaisedAtMs: number | null) =>
  reduceRoom(from, {
    type: "event",
    event: {
      type: "presence",
      room: roomId,
      present: [makeParticipant(me, { handRaisedAtMs })],
      gone: [],
      count: 1,
    },
  });
const leave = (from: RoomState) => reduceRoom(from, { type: "disconnected" });

describe("followHand", () => {
  test("a hand that was just raised stays up while the server has not said so yet", () => {
    const state = join(joining, null);
    const other = reduceRoom(state, {
      type: "event",
      event: { type: "head", room: roomId, seq: 1 },
    });
    expect(followHand(true, state, other)).toEqual({ isUp: true, command: null });
  });

  test("a teacher who lowers it is believed", () => {
    const up = join(joining, 5);
    expect(followHand(true, up, hand(up, null))).toEqual({ isUp: false, command: null });
  });

  test("after a long loss of the network it is raised again", () => {
    const away = leave(join(joining, 5));
    expect(followHand(true, away, join(away, null))).toEqual({ isUp: true, command: "raise" });
  });

  test("after a short loss, where the server still knows, nothing is said", () => {
    const away = leave(join(joining, 5));
    expect(followHand(true, away, join(away, 5))).toEqual({ isUp: true, command: null });
  });

  test("a hand taken down while the network was away is lowered on return", () => {
    const away = leave(join(joining, 5));
    expect(followHand(false, away, join(away, 5))).toEqual({ isUp: false, command: "lower" });
  });

  test("a reload finds the hand as it was, and one raised before the join goes up with it", () => {
    expect(followHand(false, joining, join(joining, 5))).toEqual({ isUp: true, command: null });
    expect(followHand(true, joining, join(joining, null))).toEqual({
      isUp: true,
      command: "raise",
    });
  });
});
