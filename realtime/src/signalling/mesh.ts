import { limits, type JoinMeshAck, type MeshMember, type RoomEvent } from "@darasa/protocol";
import type { NodeBus } from "../nodes/nodeBus.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { NodeId } from "../room/nodeId.ts";
import type { Room, Seat, SeatNotice, Stay } from "../room/room.ts";
import { seatsHere, surplusHere } from "../room/seats.ts";
import type { StayObserver } from "../room/stayObserver.ts";
import { tell } from "../room/tell.ts";

/** The video between the members of a class (SPEC V1, V2): of all nodes alike. */
export interface Mesh {
  readonly joinMesh: (stay: Stay) => Answer<JoinMeshAck>;
  readonly leaveMesh: (stay: Stay) => Answer<Readonly<Record<string, never>>>;
  /** Who leaves the room leaves its mesh. */
  readonly observer: StayObserver;
  /** These and no others are the members whose sessions that node holds. */
  readonly heardSeats: (room: Room, nodeId: NodeId, seats: readonly SeatNotice[]) => void;
}

interface MeshParts {
  readonly bus: Pick<NodeBus, "say">;
  readonly now: () => number;
}

/** Each node tells its own members who comes and goes, and the other nodes who of its own is in. */
export function createMesh({ bus, now }: MeshParts): Mesh {
  function saySeats(room: Room): void {
    bus.say(room.channel, { kind: "seats", seats: seatsHere(room) });
  }

  /** All members hear it, the one that leaves too: it may have been replaced from another tab. */
  function leave({ room, session }: Stay): void {
    const seat = room.mesh.get(session.sessionId);
    if (seat?.stay?.session !== session) return;
    tellMembers(room, leftEvent(room, seat));
    room.mesh.delete(session.sessionId);
    saySeats(room);
  }

  return {
    joinMesh(stay) {
      const { room, session } = stay;
      if (!mayEnter(stay)) return refuse("conflict");
      // Asked twice, on the way in and when the room was joined meanwhile: nobody has come or gone.
      if (room.mesh.get(session.sessionId)?.stay?.session === session) return entered(stay);
      const { participantId } = session.identity;
      const own = [...room.mesh.values()].filter((seat) => seat.participantId === participantId);
      if (room.mesh.size - own.length >= limits.maxMeshMembers) return refuse("mesh_full");
      for (const { stay: former, sessionId } of own) {
        if (former !== null) leave(former);
        // Its node hears of the new seat, and tells the session that it has lost the old one.
        else remove(room, sessionId);
      }
      const seat = seatOf(stay, room, now());
      tellMembers(room, joinedEvent(room, seat));
      room.mesh.set(session.sessionId, seat);
      saySeats(room);
      return entered(stay);
    },
    leaveMesh(stay) {
      leave(stay);
      return done;
    },
    observer: { entered: () => undefined, left: leave },
    heardSeats(room, nodeId, seats) {
      const named = new Set(seats.map(({ sessionId }) => sessionId));
      for (const seat of [...room.mesh.values()]) {
        if (seat.nodeId === nodeId && !named.has(seat.sessionId)) remove(room, seat.sessionId);
      }
      for (const seat of seats) {
        if (room.mesh.has(seat.sessionId)) continue;
        tellMembers(room, joinedEvent(room, seat));
        room.mesh.set(seat.sessionId, { ...seat, stay: null, nodeId });
      }
      for (const stay of surplusHere(room)) leave(stay);
    },
  };
}

function mayEnter({ isPresent, inClass, room }: Stay): boolean {
  return isPresent && inClass && room.liveClass?.stage.video === "mesh";
}

/** The answer to who is in: those who were there before. */
function entered({ room, session }: Stay): Answer<{ readonly members: readonly MeshMember[] }> {
  const others = [...room.mesh.values()].filter(({ sessionId }) => sessionId !== session.sessionId);
  return { ok: true, value: { members: others.map(memberOf) } };
}

function remove(room: Room, sessionId: Seat["sessionId"]): void {
  const seat = room.mesh.get(sessionId);
  if (seat === undefined) return;
  room.mesh.delete(sessionId);
  tellMembers(room, leftEvent(room, seat));
}

/** Those who are connected here: the others hear it from their own node. */
function tellMembers(room: Room, event: RoomEvent): void {
  for (const { stay } of room.mesh.values()) if (stay !== null) tell(stay.session, event);
}

/** Later than the newest: who came last is the same at every node. */
function seatOf(stay: Stay, room: Room, nowMs: number): Seat {
  const { sessionId, identity } = stay.session;
  const newestMs = Math.max(0, ...[...room.mesh.values()].map((seat) => seat.joinedAtMs));
  const joinedAtMs = Math.max(nowMs, newestMs + 1);
  return { sessionId, participantId: identity.participantId, joinedAtMs, stay, nodeId: null };
}

function joinedEvent(room: Room, seat: SeatNotice): RoomEvent {
  return { type: "meshJoined", room: room.roomId, ...memberOf(seat) };
}

function leftEvent(room: Room, { sessionId }: SeatNotice): RoomEvent {
  return { type: "meshLeft", room: room.roomId, sessionId };
}

function memberOf({ sessionId, participantId }: MeshMember): MeshMember {
  return { sessionId, participantId };
}
