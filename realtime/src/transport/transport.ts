import type { Channel, Frame, Subscriber } from "../publish/publisher.ts";

/**
 * One WebSocket. Its outgoing half is the `Subscriber` that domains may hold (they import that, never
 * this). All methods are safe after the close.
 */
export interface Connection extends Subscriber {
  /** The peer's address in its shortest text form; that of the browser when a trusted proxy forwards it. */
  readonly remoteAddress: string;
  /** The peer has proved who it is: it no longer counts against the caps on strangers. */
  admitted(): void;
}

/** What of the upgrade request a handler may know. Never logged: the query holds tickets. */
export interface UpgradeRequest {
  /** What stands behind the route's path: the document's name at `/yjs/<document>`, else empty. */
  readonly document: string;
  /** The query parameter `ticket`, or empty. */
  readonly ticket: string;
  readonly remoteAddress: string;
}

/** What happens to one connection after it was opened. Calls never overlap and never throw. */
export interface ConnectionListener {
  /** One whole message; the bytes are the listener's own. Not called after a close. */
  received(frame: Frame): void;
  /** Exactly once, whoever closed it and how, and never from inside `close`. The connection is dead already. */
  closed(code: number): void;
}

/** Takes the connections of one route. */
export interface ConnectionHandler {
  /** Called once a connection is open; it may close it and must return a listener all the same. */
  opened(connection: Connection, request: UpgradeRequest): ConnectionListener;
}

/** A path that WebSockets may be opened at, and its limits. */
export interface Route {
  readonly path: "/ws" | "/yjs";
  /** The subprotocol that must be offered, or null where none is asked for. */
  readonly subprotocol: string | null;
  /** A longer frame is answered with `tooLargeReply` and the close 1009 (SPEC F3). */
  readonly maxFrameBytes: number;
  readonly tooLargeReply: Frame | null;
  /** Unsent bytes at which the peer is cut as too slow (SPEC L4). */
  readonly maxBackpressureBytes: number;
  readonly handler: ConnectionHandler;
}

/** An answer to a plain GET on the gateway's port. */
export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Why a connection ended or did not begin, for the operator. */
export interface TransportObserver {
  opened(): void;
  closed(code: number): void;
  refused(status: number, reason: UpgradeRefusal): void;
}

/** Why an upgrade was refused. */
export type UpgradeRefusal = "path" | "origin" | "protocol" | "rate" | "strangers" | "draining";

/** What waits and what went out, read when somebody asks. */
export interface TransportFigures {
  /** Bytes that wait for peers to take them, of all open connections together and of the worst. */
  readonly unsentBytes: number;
  readonly mostUnsentBytes: number;
  /** Frames that were published to a channel, and how many connections they went to, all together. */
  readonly published: number;
  readonly delivered: number;
}

/** Sockets of one process: uWebSockets.js, or its twin on `ws`; one contract suite holds for both. */
export interface Transport {
  /**
   * Begins to accept.
   *
   * @returns the port, which differs from `port` when that is 0
   * @throws Error when the port is taken
   */
  listen(host: string, port: number): Promise<number>;
  /** To every connection that has subscribed: encoded and framed once. */
  publish(channel: Channel, frame: Frame): void;
  figures(): TransportFigures;
  /** Refuses new WebSockets from now on; plain GETs and what is open go on. */
  stopAccepting(): void;
  /**
   * Tells all that are open that the server restarts, after what waits for them, and resolves when they are
   * gone or cut, within `closeGraceMs`.
   */
  close(): Promise<void>;
}
