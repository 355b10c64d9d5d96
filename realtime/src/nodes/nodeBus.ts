import type { Channel } from "../publish/publisher.ts";
import type { NodeId } from "../room/nodeId.ts";
import type { NodeNotice, RoomNotice } from "./notices.ts";

export type { NodeId } from "../room/nodeId.ts";
export type { NodeNotice, RoomNotice } from "./notices.ts";

/** Who hears what other nodes say. Nothing of it throws. */
export interface NodeListener {
  /** Said about a room that is followed, in the order in which that node said it of that room. */
  heard(channel: Channel, from: NodeId, notice: RoomNotice): void;
  /** Said to all nodes, in the order in which that node said it. */
  heardByAll(from: NodeId, notice: NodeNotice): void;
  /** What is said about these rooms is heard from now on; what was said before was not. */
  followed(channels: readonly Channel[]): void;
  /**
   * Every followed room is heard again after an outage, or for the first time: whatever other nodes know is
   * to be asked for.
   */
  missed(): void;
}

/** What became of an attempt to be the first: `unknown` when the nodes cannot agree now. */
export type Claim = "first" | "taken" | "unknown";

/** What has passed a bus since it began. */
export interface BusCounts {
  /** Notices. */
  readonly said: number;
  readonly heard: number;
  /** Said while Redis was away, or slower than what was said. */
  readonly lost: number;
}

/**
 * How nodes talk. Nothing rests on it: what is lost is found again in Postgres within 10 s, and what the bus alone
 * carries (presence, what passes) is said again. Nothing throws, and nothing waits.
 */
export interface NodeBus {
  readonly nodeId: NodeId;
  /** False while what is said reaches nobody: what others are silent about then says nothing of them. */
  readonly isConnected: boolean;
  readonly counts: BusCounts;
  /** Tells this one from now on; called once, before anything is followed. */
  listen(listener: NodeListener): void;
  /** Hears what is said about the room until it was left as often as it was followed. */
  follow(channel: Channel): void;
  leave(channel: Channel): void;
  /** Says something to all other nodes that follow the room, whether this one does or not; never to this one. */
  say(channel: Channel, notice: RoomNotice): void;
  /** Says something to all other nodes. */
  sayToAll(notice: NodeNotice): void;
  /**
   * `first` for one caller of all nodes and `taken` for the others, for so long; within 250 ms. A node that is
   * alone has nobody to ask.
   */
  claim(key: string, forMs: number): Claim | Promise<Claim>;
  /** What was said before is on its way when this resolves, if it can be. */
  close(): Promise<void>;
}
