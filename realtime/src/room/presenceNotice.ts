import type { MediaState, ParticipantId, SessionId, Signal } from "@darasa/protocol";
import type { NodeId } from "./nodeId.ts";
import type { Memory, Part } from "./part.ts";
import type { SeatNotice } from "./room.ts";

/**
 * What nodes tell each other of the people of a room (SPEC P14). Each speaks for the sessions that it holds itself: its
 * slice. A slice has a version, which every telling of a change names and which grows with each.
 */
export type PresenceNotice =
  /** Tell your slice: that node, or all when null. */
  | { readonly kind: "who"; readonly of: NodeId | null }
  /** Changes: they follow on `previous`, which is 0 when the slice was empty and nothing was ever told of it. */
  | {
      readonly kind: "delta";
      readonly previous: number;
      readonly version: number;
      readonly present: readonly Part[];
      readonly gone: readonly ParticipantId[];
      /** Hands that are remembered of those who have gone. */
      readonly memories: readonly Memory[];
    }
  /** The whole slice, in pieces 0, 1, 2 … between which changes may be told. */
  | {
      readonly kind: "slice";
      readonly version: number;
      readonly piece: number;
      readonly isLast: boolean;
      readonly present: readonly Part[];
      readonly memories: readonly Memory[];
    }
  /** The slice is still of this version and has so many people: said again and again for as long as it has any. */
  | {
      readonly kind: "digest";
      readonly version: number;
      readonly count: number;
      readonly seats: readonly SeatNotice[];
    }
  /** These of this node's sessions are in the mesh, and no others. */
  | { readonly kind: "seats"; readonly seats: readonly SeatNotice[] }
  | {
      readonly kind: "signal";
      readonly from: SessionId;
      readonly to: SessionId;
      readonly signal: Signal;
    }
  | {
      readonly kind: "mute";
      /** Null: all but teachers. */
      readonly participantId: ParticipantId | null;
      readonly track: keyof MediaState;
      readonly byName: string;
    }
  | { readonly kind: "lowerHand"; readonly participantId: ParticipantId | null };

export type PresenceNoticeOf<Kind extends PresenceNotice["kind"]> = Extract<
  PresenceNotice,
  { kind: Kind }
>;
