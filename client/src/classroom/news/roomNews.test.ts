import type { Participant, ParticipantId } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { initialRoom, reduceRoom, type RoomState } from "../../room/reduceRoom.ts";
import {
  amina,
  makeId,
  makeJoinAck,
  makeParticipant,
  me,
  roomId,
} from "../../room/test/roomFixtures.ts";
import { roomNews } from "./roomNews.ts";

const other = (n: number, name: string, change: Partial<Participant> = {}) =>
  makeParticipant(makeId(n) as ParticipantId, { name, ...change });

const joined = (...participants: Participant[]): RoomState =>
  reduceRoom(initialRoom(me, "student"), {
    type: "joined",
    ack: makeJoinAck({ participants: [makeParticipant(me), ...participants] }),
    since: null,
  });

const present = (state: RoomState, ...people: Participant[]) =>
  reduceRoom(state, {
    type: "event",
    event: { type: "presence", room: roomId, present: people, gone: [], count: people.length },
  });

describe("roomNews", () => {
  test("people who come or go together are told together", () => {
    const before = joined(other(5, "Juma"), other(6, "Rehema"));
    const after = reduceRoom(before, {
      type: "event",
      event: {
        type: "presence",
        room: roomId,
        present: [other(7, "Zawadi"), other(8, "Daudi")],
        gone: [makeId(5) as ParticipantId, makeId(6) as ParticipantId],
        count: 1,
      },
    });
    expect(roomNews(before, after)).toEqual([
      { kind: "came", names: ["Zawadi", "Daudi"] },
      { kind: "went", names: ["Juma", "Rehema"] },
    ]);
  });

  test("a hand is told when it goes up, once, and one's own only when somebody lowers it", () => {
    const before = joined(other(5, "Juma"));
    const up = present(before, other(5, "Juma", { handRaisedAtMs: 9 }));
    expect(roomNews(before, up)).toEqual([{ kind: "handRaised", name: "Juma" }]);
    expect(roomNews(up, present(up, other(5, "Juma", { handRaisedAtMs: 9 })))).toEqual([]);
    const own = present(up, makeParticipant(me, { handRaisedAtMs: 10 }));
    expect(roomNews(up, own)).toEqual([]);
    expect(roomNews(own, present(own, makeParticipant(me)))).toEqual([{ kind: "ownHandLowered" }]);
  });

  test("[V8] who comes to present is told, and when it ends", () => {
    const before = joined();
    const stage = { video: "mesh", spotlight: null, sources: [], recording: null } as const;
    const room = roomId;
    const after = reduceRoom(before, {
      type: "event",
      event: { type: "stage", room, stage: { ...stage, presenter: me } },
    });
    expect(roomNews(before, after)).toEqual([{ kind: "presenting" }]);
    const ended = reduceRoom(after, {
      type: "event",
      event: { type: "stage", room, stage: { ...stage, presenter: null } },
    });
    expect(roomNews(after, ended)).toEqual([{ kind: "presentingEnded" }]);
  });

  test("[V8] another way to see and hear each other is told to all", () => {
    const [before, after] = (["livekit", "mesh"] as const).map((video) => {
      const state = joined();
      return { ...state, stage: { ...state.stage, video } } as typeof state;
    });
    if (before === undefined || after === undefined) throw new Error("both are there");
    expect(roomNews(before, after)).toEqual([{ kind: "videoChanged", provider: "mesh" }]);
    expect(roomNews(after, after)).toEqual([]);
  });

  test("locks are told to all, one's own permission to oneself while the board is closed", () => {
    const before = joined();
    const after = reduceRoom(before, {
      type: "event",
      event: {
        type: "permissions",
        room: roomId,
        permissions: { drawing: "everyone", chatLocked: true },
      },
    });
    expect(roomNews(before, after)).toEqual([{ kind: "drawingOpened" }, { kind: "chatLocked" }]);
    const allowed = present(before, makeParticipant(me, { drawAllowed: true }));
    expect(roomNews(before, allowed)).toEqual([{ kind: "drawingAllowed" }]);
    const alreadyOpen = present(after, makeParticipant(me, { drawAllowed: true }));
    expect(roomNews(after, alreadyOpen)).toEqual([]);
  });

  test("coming back after a lost connection is no crowd that enters", () => {
    const before = reduceRoom(joined(), { type: "disconnected" });
    const back = reduceRoom(before, {
      type: "joined",
      ack: makeJoinAck({ participants: [makeParticipant(me), makeParticipant(amina)] }),
      since: 0,
    });
    expect(roomNews(before, back)).toEqual([]);
  });
});
