import type { ParticipantId, RoomId } from "@darasa/protocol";
import { beforeEach, describe, expect, test } from "vitest";
import { meshStage } from "../../test/support/meshStage.ts";
import { fakeSession, fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import { mediaOff } from "./part.ts";
import { endClass, leave, sayPresence, setMedia, updateParticipant } from "./people.ts";
import { encodeListed, listedParticipants } from "./hall.ts";
import { type Room, newRoom, permissionsOf, staysOf } from "./room.ts";

const amina = "amina" as ParticipantId;
const allOn = { microphone: true, camera: true, screen: true };
let room: Room;
beforeEach(() => {
  room = newRoom(schoolId, "room" as RoomId);
});

const tab = (nowMs = 0) => fakeStay(room, fakeSession({ participantId: amina }), { nowMs });
const person = () => room.people.get(amina);

test("[R2] the list that an ack has is never an older one", () => {
  const encoded = () => JSON.parse(encodeListed(room)) as unknown;
  expect(encoded()).toEqual([]);
  const stay = tab();
  const other = fakeStay(room, fakeSession({ name: 'Jo "J" \\' }));
  expect(encoded()).toEqual(listedParticipants(room));
  updateParticipant(room, amina, { handRaisedAtMs: 5 });
  expect(encoded()).toMatchObject([{ participantId: amina, handRaisedAtMs: 5 }, {}]);
  sayPresence(stay, { context: "board", idle: true });
  expect(encoded()).toEqual(listedParticipants(room));
  leave(other);
  leave(stay);
  expect(encoded()).toEqual([]);
});

describe("[P1] a person", () => {
  test("is present once, from the first join to the last leave", () => {
    const first = tab(10);
    const second = tab(20);
    expect(listedParticipants(room)).toHaveLength(1);
    leave(first);
    expect(listedParticipants(room)).toMatchObject([{ participantId: amina, joinedAtMs: 10 }]);
    leave(second);
    expect(listedParticipants(room)).toEqual([]);
    expect(staysOf(room, amina)).toEqual([]);
  });

  test("is in the class while any session is", () => {
    const inClass = tab();
    const looking = fakeStay(room, fakeSession({ participantId: amina }));
    looking.inClass = false;
    leave(inClass);
    expect(person()?.participant.inClass).toBe(false);
  });

  test("leaves once, however often it is said", () => {
    const first = tab();
    tab();
    leave(first);
    leave(first);
    expect(person()?.stays.length).toBe(1);
  });

  test("has no tracks any more when the session that carried them leaves", () => {
    const carrier = tab();
    tab();
    const carried = person();
    if (carried === undefined) throw new Error("nobody is there");
    setMedia(room, carried, { mediaOf: carrier, media: allOn });
    leave(carrier);
    expect(person()?.participant.media).toEqual(mediaOff);
  });
});

test("[P3] a raised hand is remembered for one return, with its place in the order", () => {
  const first = tab(10);
  updateParticipant(room, amina, { handRaisedAtMs: 15 });
  leave(first);
  const second = tab(99);
  expect(person()?.participant).toMatchObject({ handRaisedAtMs: 15, joinedAtMs: 10 });
  updateParticipant(room, amina, { handRaisedAtMs: null });
  leave(second);
  tab(100);
  expect(person()?.participant).toMatchObject({ handRaisedAtMs: null, joinedAtMs: 100 });
});

test("a session that enters again before it left keeps its place in the room", () => {
  const session = fakeSession({ participantId: amina });
  const former = fakeStay(room, session);
  const next = fakeStay(room, session);
  leave(former);
  expect(session.stays.get(room.roomId)).toBe(next);
  expect([...room.stays.values()]).toEqual([next]);
});

test("[P7] after the class people look at the room: no locks, hands, tracks or mesh", () => {
  const stay = tab();
  room.liveClass = {
    liveClassId: "class" as never,
    permissions: { drawing: "teachers", chatLocked: true },
    stage: meshStage,
  };
  const { sessionId } = stay.session;
  room.mesh.set(sessionId, { sessionId, participantId: amina, joinedAtMs: 1, stay, nodeId: null });
  updateParticipant(room, amina, { handRaisedAtMs: 1, drawAllowed: true, media: allOn });
  endClass(room);
  expect(permissionsOf(room)).toEqual({ drawing: "everyone", chatLocked: false });
  expect(room.mesh.size).toBe(0);
  expect(listedParticipants(room)).toMatchObject([
    { inClass: false, drawAllowed: false, handRaisedAtMs: null, media: mediaOff },
  ]);
});

describe("[P9] what somebody has before them", () => {
  test("is what the session said that spoke last, of those that are there", () => {
    const [laptop, phone] = [tab(), tab()];
    sayPresence(laptop, { context: "board", idle: false });
    expect(person()?.participant.context).toBe("board");
    sayPresence(phone, { context: "room", idle: false });
    expect(person()?.participant.context).toBe("room");
    leave(phone);
    expect(person()?.participant.context).toBe("board");
  });

  test("is news once, unless another session has spoken since", () => {
    const [laptop, phone] = [tab(), tab()];
    const onBoard = { context: "board", idle: false } as const;
    expect(sayPresence(laptop, onBoard)).toBe(true);
    expect(sayPresence(laptop, onBoard)).toBe(false);
    expect(sayPresence(phone, { context: "room", idle: false })).toBe(true);
    expect(sayPresence(laptop, onBoard)).toBe(true);
    expect(person()?.participant.context).toBe("board");
  });

  test("is idle when all of their sessions are", () => {
    const [laptop, phone] = [tab(), tab()];
    sayPresence(laptop, { context: "class", idle: true });
    expect(person()?.participant.idle).toBe(false);
    sayPresence(phone, { context: "class", idle: true });
    expect(person()?.participant.idle).toBe(true);
    leave(phone);
    tab();
    expect(person()?.participant.idle).toBe(false);
  });

  test("begins in the class for who joins as part of it, and is the room for all when it has ended", () => {
    tab();
    expect(person()?.participant.context).toBe("class");
    endClass(room);
    expect(person()?.participant.context).toBe("room");
  });
});
