import type { ParticipantId, RoomId, SessionId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { fakeSession, fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import type { NodeId } from "./nodeId.ts";
import { newRoom, type Room } from "./room.ts";
import { seatsHere, surplusHere } from "./seats.ts";

function sit(room: Room, who: string, joinedAtMs: number): SessionId {
  const participantId = who as ParticipantId;
  const stay = fakeStay(room, fakeSession({ participantId }));
  const { sessionId } = stay.session;
  room.mesh.set(sessionId, { sessionId, participantId, joinedAtMs, stay, nodeId: null });
  return sessionId;
}

/** The same room as another node sees it, that holds none of these sessions. */
function seenFrom(room: Room): Room {
  const other = newRoom(schoolId, room.roomId);
  for (const seat of seatsHere(room)) {
    other.mesh.set(seat.sessionId, { ...seat, stay: null, nodeId: "here" as NodeId });
  }
  return other;
}

test("[V1] of eight who came at once the last two give their seat up, and each node decides of its own", () => {
  const room = newRoom(schoolId, "room" as RoomId);
  const sessions = Array.from({ length: 8 }, (_, index) => sit(room, `p${String(index)}`, index));
  const surplus = surplusHere(room).map(({ session }) => session.sessionId);
  expect(surplus).toEqual(sessions.slice(6));
  expect(surplusHere(seenFrom(room))).toEqual([]);
});

test("[V1] a person's newer seat takes the place of the older, which does not count", () => {
  const room = newRoom(schoolId, "room" as RoomId);
  const first = sit(room, "amina", 1);
  for (let index = 0; index < 5; index += 1) sit(room, `p${String(index)}`, 2);
  sit(room, "amina", 3);
  expect(surplusHere(room).map(({ session }) => session.sessionId)).toEqual([first]);
});
