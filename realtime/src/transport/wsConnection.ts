import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { closeReasons, type CloseReason } from "@darasa/protocol";
import type { Channel, Frame } from "../publish/publisher.ts";
import type { ConnectionLife } from "./connectionLife.ts";
import { closeGraceMs, idleTimeoutSeconds } from "./heartbeat.ts";
import { framedBytes, type Stallable, type StallJudge, type StallSweep } from "./stall.ts";
import type { Connection } from "./transport.ts";

/** Who gets what is published. */
export type Channels = Map<Channel, Set<WsConnection>>;

/** What a connection works with besides its socket. */
export interface WsSurroundings {
  readonly channels: Channels;
  readonly sweep: StallSweep;
  /** The TCP stream below; `_handle` is what Node's own timeouts look at. */
  readonly stream: Duplex & { readonly _handle?: { readonly writeQueueSize: number } | null };
}

/** A connection on `ws`. */
export class WsConnection implements Connection, Stallable {
  readonly remoteAddress: string;
  readonly #socket: WebSocket;
  readonly #life: ConnectionLife;
  readonly #surroundings: WsSurroundings;
  #inFlightBytes = 0;
  readonly #subscribed = new Set<Channel>();
  #isClosed = false;
  judge: StallJudge | null = null;
  /** When the peer last gave a sign of life, by a clock that nobody sets. */
  heardAtMs = performance.now();

  constructor(socket: WebSocket, life: ConnectionLife, surroundings: WsSurroundings) {
    this.#socket = socket;
    this.#life = life;
    this.#surroundings = surroundings;
    this.remoteAddress = life.remoteAddress;
  }

  send(frame: Frame): void {
    if (this.#isClosed) return;
    if (this.#socket.bufferedAmount > this.#life.route.maxBackpressureBytes) {
      this.cut();
      return;
    }
    this.#surroundings.sweep.sent();
    this.judge?.queued(framedBytes(frame));
    this.#socket.send(frame, () => {
      if (this.#socket.bufferedAmount === 0) this.#life.drained();
    });
  }

  /** Node gathers writes by itself. */
  sendSoon(frame: Frame): void {
    this.send(frame);
  }

  subscribe(channel: Channel): void {
    if (this.#isClosed) return;
    this.#subscribed.add(channel);
    const { channels } = this.#surroundings;
    const subscribers = channels.get(channel) ?? new Set();
    channels.set(channel, subscribers.add(this));
  }

  unsubscribe(channel: Channel): void {
    this.#subscribed.delete(channel);
    const { channels } = this.#surroundings;
    const subscribers = channels.get(channel);
    subscribers?.delete(this);
    if (subscribers?.size === 0) channels.delete(channel);
  }

  /** None: what is published comes through `send`, which counts it. */
  channels(): readonly Channel[] {
    return [];
  }

  /** Node counts a write that is under way as a whole until it is done: what is left of it tells more. */
  nudge(nowMs: number): void {
    const bytes = this.#surroundings.stream._handle?.writeQueueSize ?? 0;
    if (bytes !== this.#inFlightBytes) this.judge?.moved(nowMs);
    this.#inFlightBytes = bytes;
  }

  cut(): void {
    this.#life.wasSlow();
    this.close(closeReasons.slow);
  }

  bufferedBytes(): number {
    return this.#isClosed ? 0 : this.#socket.bufferedAmount;
  }

  drained(): Promise<void> {
    return this.bufferedBytes() === 0 ? Promise.resolve() : this.#life.waitForDrain();
  }

  admitted(): void {
    this.#life.admitted();
  }

  close({ code, reason }: CloseReason): void {
    if (this.#isClosed) return;
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), closeGraceMs).unref();
    this.finish(code);
  }

  ping(): void {
    const silentMs = performance.now() - this.heardAtMs;
    if (silentMs > idleTimeoutSeconds * 1_000) this.#socket.terminate();
    else this.#socket.ping();
  }

  receive(data: RawData, isBinary: boolean): void {
    if (this.#isClosed) return;
    this.heardAtMs = performance.now();
    const bytes = data as Buffer;
    const frame = isBinary ? new Uint8Array(bytes) : bytes.toString("utf8");
    this.#life.receive(this, frame, bytes.length);
  }

  finish(code: number): void {
    this.#isClosed = true;
    this.#surroundings.sweep.forget(this);
    for (const channel of [...this.#subscribed]) this.unsubscribe(channel);
    this.#life.finish(code);
  }
}
