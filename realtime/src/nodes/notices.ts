import type {
  BoardId,
  ChatMessage,
  ParticipantId,
  Pulse,
  RoomEvent,
  SchoolId,
} from "@darasa/protocol";
import type { PresenceNotice } from "../room/presenceNotice.ts";

/** What a node tells the others that serve the same room. */
export type RoomNotice =
  /** These are committed: each node pushes them to its own, in order of `seq` (SPEC R1). */
  | { readonly kind: "messages"; readonly messages: readonly ChatMessage[] }
  /** For all who are in the room, as it is. */
  | { readonly kind: "event"; readonly event: RoomEvent }
  /** For all sessions of one person in the room. */
  | {
      readonly kind: "tell";
      readonly participantId: ParticipantId;
      readonly event: RoomEvent;
    }
  /** How somebody is connected, for the teachers in the room (SPEC Q2). */
  | { readonly kind: "pulse"; readonly pulse: Pulse }
  /** Of the people in it (SPEC P14). */
  | PresenceNotice;

/** What a node tells all others, whatever they serve. */
export type NodeNotice =
  /** These people have drawn so many tokens from their buckets here (SPEC L1). */
  | { readonly kind: "drawn"; readonly draws: readonly Draw[] }
  /** This board is served here from now on, and nowhere else (see `board/boardHome.ts`). */
  | { readonly kind: "board"; readonly schoolId: SchoolId; readonly boardId: BoardId };

/** Tokens that one person drew from one bucket. */
export interface Draw {
  readonly who: ParticipantId;
  /** Which bucket, by the names of `rateLimits`. */
  readonly group: string;
  readonly tokens: number;
}
