import type { RoomChange } from "../access/accessChange.ts";
import type { Publisher } from "../publish/publisher.ts";
import type { Room } from "../room/room.ts";
import type { ApplyControl } from "./applyControl.ts";
import type { RoomState } from "./loadRoomState.ts";

/** What it takes to re-read a room. */
export interface RefreshParts {
  readonly load: (room: Room) => Promise<RoomState>;
  readonly apply: ApplyControl;
  readonly publisher: Publisher;
  /** Pushes the messages that are stored and were not pushed. */
  readonly catchUp: (room: Room) => Promise<void>;
  /** Tells the teachers in the room how many wait to be let in. */
  readonly waitingChanged: (room: Room) => void;
}

/**
 * Brings a room up to what the database says, as if every control message had arrived: for a class that
 * has begun, and for what was told while nobody listened.
 *
 * @throws DarasaError unavailable
 */
export type RefreshRoom = (room: Room) => Promise<void>;

/** Re-reads until nothing was changed meanwhile. */
export function createRefreshRoom(parts: RefreshParts): RefreshRoom {
  return async (room) => {
    for (;;) {
      const { changes } = room;
      const state = await parts.load(room);
      if (room.changes !== changes) continue;
      bringUp(parts, room, state);
      parts.waitingChanged(room);
      if (state.headSeq !== null && state.headSeq > (room.publishedSeq ?? state.headSeq)) {
        await parts.catchUp(room);
      }
      return;
    }
  };
}

function bringUp({ apply, publisher }: RefreshParts, room: Room, state: RoomState): void {
  const known = room.liveClass;
  if (known !== null && known.liveClassId !== state.running?.liveClassId) {
    const reason = state.endReason ?? "teacher";
    apply({ kind: "liveClassEnded", ...whereOf(room, known.liveClassId), reason });
  }
  if (state.running !== null && room.liveClass === null) {
    room.liveClass = state.running;
    const { permissions, stage } = state.running;
    publisher.publish(room.channel, { type: "permissions", room: room.roomId, permissions });
    publisher.publish(room.channel, { type: "stage", room: room.roomId, stage });
    room.changes += 1;
  }
  for (const message of differences(room, state)) apply(message);
}

/** The messages that would have told what differs. */
function differences(room: Room, { running, admitted }: RoomState): RoomChange[] {
  if (running === null || room.liveClass === null) return [];
  const where = whereOf(room, running.liveClassId);
  const messages: RoomChange[] = [];
  const { permissions, stage } = running;
  if (!isSame(room.liveClass.permissions, permissions)) {
    messages.push({ kind: "permissions", ...where, permissions });
  }
  if (!isSame(room.liveClass.stage, stage)) {
    messages.push({ kind: "stage", ...where, stage: { ...stage, sources: [...stage.sources] } });
  }
  for (const one of admitted) {
    for (const change of exceptionsOf(room, one)) messages.push({ ...change, ...where });
  }
  return messages;
}

type Unplaced<Change> = Change extends unknown
  ? Omit<Change, "schoolId" | "roomId" | "liveClassId">
  : never;

/** What differs about one person. */
function exceptionsOf(
  room: Room,
  { participantId, isRemoved, drawAllowed: allowed, sources }: RoomState["admitted"][number],
): Unplaced<Extract<RoomChange, { participantId: string }>>[] {
  if (isRemoved) return [{ kind: "participantRemoved", participantId }];
  const known = room.people.get(participantId)?.participant;
  if (known === undefined) return [];
  const drawing = { kind: "drawAllowed", participantId, allowed } as const;
  const sending = {
    kind: "sourcesAllowed",
    participantId,
    sources: sources && [...sources],
  } as const;
  return [
    ...(known.drawAllowed === allowed ? [] : [drawing]),
    ...(isSame(known.sources ?? null, sources) ? [] : [sending]),
  ];
}

function whereOf(
  room: Room,
  liveClassId: string,
): { schoolId: string; roomId: string; liveClassId: string } {
  return { schoolId: room.schoolId, roomId: room.roomId, liveClassId };
}

/** For values that were made in the same way. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
