import type { CloseReason, RoomEvent } from "@darasa/protocol";

/** One frame as it goes out: text at `/ws`, bytes at `/yjs`. */
export type Frame = string | Uint8Array;

/** The name of a pub/sub channel; made in `channelNames.ts` only. */
export type Channel = string & { readonly __channel: true };

/**
 * The outgoing side of one connection. Implemented by the transport; the only thing of a socket that a
 * domain ever sees. Every method may be called after the connection closed and then does nothing.
 */
export interface Subscriber {
  /**
   * Sends one frame, in order with what was published to its channels before. A peer with more unsent
   * bytes than its route allows is cut (SPEC L4): it never silently misses a frame.
   */
  send(frame: Frame): void;
  /**
   * The same, a moment later: one write to the socket takes it along with all that goes there in this turn of the loop,
   * in the order in which it was sent or published.
   */
  sendSoon(frame: Frame): void;
  /** Asks the peer for a sign of life, in one write with what was published to it in this turn of the loop. */
  ping(): void;
  /** From now on gets what is published to `channel`, and nothing of what was published before. */
  subscribe(channel: Channel): void;
  unsubscribe(channel: Channel): void;
  /** Bytes that were sent and that the operating system has not yet taken. */
  bufferedBytes(): number;
  /** Resolves when the unsent bytes are gone, or the connection is: for pages larger than one frame. */
  drained(): Promise<void>;
  /** Ends the connection with a row of the close table. */
  close(reason: CloseReason): void;
}

/** What was published to a channel for somebody who could not take it yet, in order. */
export interface Backlog {
  /**
   * Ends the gathering: the events as they are encoded; of one person's pointers only the newest (SPEC P13). To
   * subscribe in the same tick leaves neither a hole nor a duplicate.
   */
  take(): readonly string[];
}

/** Brings events to the subscribers of a channel. */
export interface Publisher {
  /**
   * To those of this node: every node learns by itself what it tells its own. Encodes once. At once, but for what
   * comes often in a busy channel: several of those may share a frame, a moment later (`adaptiveFlush.ts`).
   */
  publish(channel: Channel, event: RoomEvent): void;
  /** The same for the subscribers of every node: for what no node but this one knows (SPEC P11 to P13). */
  publishEverywhere(channel: Channel, event: RoomEvent): void;
  /** To this node's subscribers, for a frame that is encoded already (boards); a backlog does not see it. */
  publishFrame(channel: Channel, frame: Frame): void;
  /**
   * Gathers from now on what is published to `channel`: for a session that is still being replayed to.
   * When more than `maxBacklogEvents` come, `overflowed` is called once and nothing is kept.
   */
  gather(channel: Channel, overflowed: () => void): Backlog;
  /** What is held back in busy channels goes out now. */
  flush(): void;
}

/** Events that are kept for one session while its replay is on the way. */
export const maxBacklogEvents = 2_000;
