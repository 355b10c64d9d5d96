import type { ChatMessage, ParticipantId, RoomEvent } from "@darasa/protocol";
import type { Channel } from "../publish/publisher.ts";

/** One gateway process from its start to its end: one that starts again is another node. */
export type NodeId = string & { readonly __node: true };

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
    };

/** Who hears what other nodes say. Nothing of it throws. */
export interface NodeListener {
  /** In the order in which that node said it. */
  heard(channel: Channel, from: NodeId, notice: RoomNotice): void;
  /** Something may have been missed: whatever other nodes know is to be asked for again. */
  missed(): void;
}

/**
 * How nodes talk. Nothing rests on it: what is lost is found again in Postgres within 10 s, and what the bus alone
 * carries (presence, what passes) is said again. Nothing throws, and nothing waits.
 */
export interface NodeBus {
  readonly nodeId: NodeId;
  /** Hears from now on what is said about the room; as often as it was followed it must be left. */
  follow(channel: Channel): void;
  leave(channel: Channel): void;
  /** Says something to all other nodes that follow the room; never to this one. */
  say(channel: Channel, notice: RoomNotice): void;
  close(): Promise<void>;
}
