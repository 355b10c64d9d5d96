import { sql, type Database } from "@darasa/database";
import { DarasaError, hasPermission, type LiveClassId } from "@darasa/protocol";
import * as z from "zod";
import { inGroups } from "../access/inGroups.ts";
import type { Log } from "../log.ts";
import type { Room, Stay } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { StayObserver } from "../room/stayObserver.ts";
import { tell } from "../room/tell.ts";

/** Keeps the teachers of a room told how many guests wait to be let into its class (SPEC P8). */
export interface WaitingRoom extends StayObserver {
  /** Somebody asked, was let in or was turned away, or the class began or ended. Never throws. */
  readonly changed: (room: Room) => void;
}

interface WaitingRoomParts {
  /** How many wait for the class that runs in the room. @throws DarasaError unavailable */
  readonly count: (room: Room) => Promise<number>;
  readonly rooms: RoomRegistry;
  readonly log: Log;
}

const retryAfterMs = 1_000;

/** One reader per room at a time: what is told last is what was read last. */
export function createWaitingRoom({ count, rooms, log }: WaitingRoomParts): WaitingRoom {
  /** The rooms that are being read; true when that has to be done once more. */
  const reading = new Map<Room, boolean>();

  async function read(room: Room): Promise<void> {
    do {
      reading.set(room, false);
      const waiting = await count(room);
      if (reading.get(room) === false) tellTeachers(room, waiting);
    } while (reading.get(room) === true);
  }

  function changed(room: Room): void {
    if (teachersOf(room).length === 0) return;
    if (reading.has(room)) {
      reading.set(room, true);
      return;
    }
    reading.set(room, false);
    read(room)
      .finally(() => reading.delete(room))
      .catch((error: unknown) => {
        if (!(error instanceof DarasaError)) log("error", "who waits was not read", { error });
        setTimeout(() => {
          if (rooms.find(room.schoolId, room.roomId) === room) changed(room);
        }, retryAfterMs).unref();
      });
  }

  return {
    changed,
    entered(stay) {
      if (isTeacher(stay) && stay.room.liveClass !== null) changed(stay.room);
    },
    left: () => undefined,
  };
}

const countSchema = z.object({ liveClassId: z.string(), count: z.int() });

/** Reads it from the database, for all rooms of a school whose turn it is; 0 when no class runs in the room. */
export function countWaitingIn(database: Database): WaitingRoomParts["count"] {
  const ask = inGroups<LiveClassId, number>(async (schoolId, liveClassIds) => {
    const rows = await database.inSchool(schoolId, (tx) =>
      tx.any(sql.type(countSchema)`
        select live_class_id as "liveClassId", count(*)::int as count from live_class_participants
        where live_class_id = any(${sql.array([...liveClassIds], "uuid")})
          and admitted_at is null and removed_at is null
        group by live_class_id`),
    );
    const countOf = new Map(rows.map(({ liveClassId, count }) => [liveClassId, count]));
    return liveClassIds.map((id) => countOf.get(id) ?? 0);
  });
  return ({ schoolId, liveClass }) =>
    liveClass === null ? Promise.resolve(0) : ask(schoolId, liveClass.liveClassId);
}

function tellTeachers(room: Room, count: number): void {
  for (const { session } of teachersOf(room)) {
    tell(session, { type: "waitingRoom", room: room.roomId, count });
  }
}

function teachersOf(room: Room): Stay[] {
  return [...room.stays.values()].filter(isTeacher);
}

function isTeacher({ role }: Stay): boolean {
  return hasPermission(role, "classroom.moderate");
}
