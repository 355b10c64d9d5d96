import type { ChatMessage } from "@darasa/protocol";
import type { Room, Stay } from "./room.ts";

/** A stretch of a room's messages: `fromSeq` and `throughSeq` are both part of it. */
export interface SeqRange {
  readonly fromSeq: number;
  readonly throughSeq: number;
}

/** What was said in a room, as it is stored. All throw DarasaError `unavailable`. */
export interface RoomHistory {
  /** The newest of the stretch, at most `limits.recentMessages`, in order. */
  loadRecent(room: Room, range: SeqRange): Promise<ChatMessage[]>;
  /** The newest `seq` of each of these rooms. */
  loadHeads(rooms: readonly Room[]): Promise<ReadonlyMap<Room, number>>;
  /** The oldest of the stretch, in order: at most `limits.replayPageSize`, and no more than a frame may hold. */
  loadPage(room: Room, range: SeqRange): Promise<ChatMessage[]>;
}

/** What a session that comes back has missed, with the first page of it read already. */
export interface Missed extends SeqRange {
  readonly firstPage: readonly ChatMessage[];
}

/**
 * Sends a session what it has missed and then lets it go live, without hole or duplicate (SPEC R4).
 * Ends early when the stay does or joins again. Never rejects: a session that cannot be served is closed.
 */
export type Replay = (stay: Stay, missed: Missed) => Promise<void>;
