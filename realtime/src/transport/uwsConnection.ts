import type { WebSocket } from "uWebSockets.js";
import { closeReasons, type CloseReason } from "@darasa/protocol";
import type { Channel, Frame } from "../publish/publisher.ts";
import type { ConnectionLife } from "./connectionLife.ts";
import type { Lingering } from "./lingering.ts";
import { framedBytes, type Stallable, type StallJudge, type StallSweep } from "./stall.ts";
import type { Connection } from "./transport.ts";

/** What a socket of uWebSockets.js carries. */
export interface SocketData {
  readonly life: ConnectionLife;
  connection: UwsConnection | null;
}

/** What bounds peers that do not read; one of each for all. */
export interface SlowPeerBounds {
  readonly sweep: StallSweep;
  readonly lingering: Lingering;
}

/** Tells all who are subscribed to a topic. */
export type PublishTo = (topic: string, frame: Frame) => void;

/** What all connections of a transport have in common. */
export interface SharedBySockets {
  readonly bounds: SlowPeerBounds;
  readonly publish: PublishTo;
}

/** Tells topics of one connection apart. */
let topicsMade = 0;

const emptyPingBytes = 2;

/** A connection on uWebSockets.js: touching its socket after the close would end the process. */
export class UwsConnection implements Connection, Stallable {
  judge: StallJudge | null = null;
  readonly #life: ConnectionLife;
  readonly #shared: SharedBySockets;
  #socket: WebSocket<SocketData> | null;
  /**
   * When the peer was last asked for a sign of life, by a clock that nobody sets: a whole number, which takes no memory
   * of its own beside the connection.
   */
  pingedAtMs = Math.floor(performance.now());
  /** That nobody else is subscribed to; null until it is needed. */
  #ownTopic: string | null = null;

  constructor(socket: WebSocket<SocketData>, life: ConnectionLife, shared: SharedBySockets) {
    this.#socket = socket;
    this.#life = life;
    this.#shared = shared;
  }

  get remoteAddress(): string {
    return this.#life.remoteAddress;
  }

  send(frame: Frame): void {
    if (this.#socket === null) return;
    // The return of send() alone does not tell a slow peer (uWebSockets.js #1260).
    if (this.#socket.getBufferedAmount() > this.#life.route.maxBackpressureBytes) {
      this.cut();
      return;
    }
    this.#shared.bounds.sweep.sent();
    this.judge?.queued(framedBytes(frame));
    this.#socket.send(frame, typeof frame !== "string");
  }

  /** What is published in one turn leaves with one write for each socket, where each send is a write by itself. */
  sendSoon(frame: Frame): void {
    if (this.#socket === null) return;
    if (this.#ownTopic === null) {
      topicsMade += 1;
      this.#ownTopic = `one:${topicsMade}`;
      this.#socket.subscribe(this.#ownTopic);
    }
    this.#shared.bounds.sweep.sent();
    this.judge?.queued(framedBytes(frame));
    this.#shared.publish(this.#ownTopic, frame);
  }

  /** A write of its own, or of what waits in its channels and the ping: each write costs more than what is in it. */
  ping(): void {
    this.pingedAtMs = Math.floor(performance.now());
    this.#socket?.cork(() => this.nudge());
  }

  subscribe(channel: Channel): void {
    this.#socket?.subscribe(channel);
    if (this.judge !== null) this.#shared.bounds.sweep.subscribed(this, channel);
  }

  unsubscribe(channel: Channel): void {
    this.#socket?.unsubscribe(channel);
    if (this.judge !== null) this.#shared.bounds.sweep.unsubscribed(this, channel);
  }

  channels(): readonly Channel[] {
    return (this.#socket?.getTopics() ?? []) as Channel[];
  }

  /** A write takes along what waits: the kernel tells of room only when a third of its buffer is free. */
  nudge(): void {
    this.judge?.queued(emptyPingBytes);
    this.#socket?.ping();
  }

  cut(): void {
    this.#life.wasSlow();
    const socket = this.#socket;
    if (this.#shared.bounds.lingering.hasRoomFor(this.bufferedBytes(), performance.now())) {
      this.close(closeReasons.slow);
    } else {
      this.#socket = null;
      socket?.close();
    }
  }

  bufferedBytes(): number {
    return this.#socket?.getBufferedAmount() ?? 0;
  }

  drained(): Promise<void> {
    return this.bufferedBytes() === 0 ? Promise.resolve() : this.#life.waitForDrain();
  }

  admitted(): void {
    this.#life.admitted();
  }

  close({ code, reason }: CloseReason): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.end(code, reason);
  }

  /** The socket is dead from now on. */
  lost(): void {
    this.#socket = null;
  }
}
