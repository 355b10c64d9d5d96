import {
  hasPermission,
  type ParticipantId,
  type Pulse,
  type ReportConnection,
} from "@darasa/protocol";
import type { NodeBus } from "../nodes/nodeBus.ts";
import { done, type Answer } from "../room/answer.ts";
import type { Room, Stay } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { StayObserver } from "../room/stayObserver.ts";
import { tell } from "../room/tell.ts";

/** Keeps the teachers of a room told how everybody is connected, and when they last took part (SPEC Q1, Q2). */
export interface PulseFeed extends StayObserver {
  /** Takes what somebody says of their own connection. */
  readonly report: (
    stay: Stay,
    command: ReportConnection,
  ) => Answer<Readonly<Record<string, never>>>;
  /** The same, said at another node. */
  readonly heard: (room: Room, pulse: Pulse) => void;
}

interface PulseParts {
  readonly bus: Pick<NodeBus, "say">;
  readonly rooms: RoomRegistry;
  readonly intervalMs: number;
  readonly now: () => number;
}

/** Nothing of it is stored, and in a hall nothing of it is kept: who would read it there? */
export function createPulseFeed({ bus, rooms, intervalMs, now }: PulseParts): PulseFeed {
  const pulses = new WeakMap<Room, Map<ParticipantId, Pulse>>();
  const untold = new Map<Room, Set<ParticipantId>>();

  function heard(room: Room, pulse: Pulse): void {
    if (room.isHall) return;
    const known = pulses.get(room) ?? new Map<ParticipantId, Pulse>();
    pulses.set(room, known.set(pulse.participantId, pulse));
    (untold.get(room) ?? gather(room)).add(pulse.participantId);
  }

  function gather(room: Room): Set<ParticipantId> {
    const changed = new Set<ParticipantId>();
    untold.set(room, changed);
    rooms.hold(room.schoolId, room.roomId);
    setTimeout(() => {
      untold.delete(room);
      const people = presentOf(room).filter(({ participantId }) => changed.has(participantId));
      for (const { session } of teachersOf(room)) {
        tell(session, { type: "pulse", room: room.roomId, people });
      }
      rooms.release(room);
    }, intervalMs).unref();
    return changed;
  }

  /** Of those who are still here; the others are forgotten. */
  function presentOf(room: Room): Pulse[] {
    const known = pulses.get(room);
    if (known === undefined) return [];
    for (const id of known.keys()) if (!room.people.has(id)) known.delete(id);
    return [...known.values()];
  }

  return {
    report({ room, session }, { mode, quality, roundTripMs, lossFraction, isActive }) {
      const { participantId } = session.identity;
      const before = pulses.get(room)?.get(participantId);
      const activeAtMs = isActive || before === undefined ? now() : before.activeAtMs;
      const connection = { mode, quality, roundTripMs, lossFraction };
      const pulse: Pulse = { participantId, ...connection, activeAtMs };
      heard(room, pulse);
      if (!room.isHall) bus.say(room.channel, { kind: "pulse", pulse });
      return done;
    },
    heard,
    entered(stay) {
      const people = isTeacher(stay) ? presentOf(stay.room) : [];
      if (people.length > 0) setImmediate(() => tellAfterAck(stay, people));
    },
    left: () => undefined,
  };
}

/** The ack of the join is sent in the turn of the loop before. */
function tellAfterAck({ isPresent, session, room }: Stay, people: readonly Pulse[]): void {
  if (isPresent) tell(session, { type: "pulse", room: room.roomId, people });
}

function teachersOf(room: Room): Stay[] {
  return [...room.stays.values()].filter(isTeacher);
}

function isTeacher({ role }: Stay): boolean {
  return hasPermission(role, "classroom.moderate");
}
