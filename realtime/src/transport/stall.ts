import type { Channel, Frame } from "../publish/publisher.ts";

/** Judges by progress whether a peer takes what waits for it: a slow reader is fine, a stuck one is not (SPEC L4). */
export class StallJudge {
  readonly #firstBytes: number;
  #queuedBytes = 0;
  #mostTaken = 0;
  #sinceMs: number;

  /** From the moment on at which `unsentBytes` were first seen to wait. */
  constructor(unsentBytes: number, nowMs: number) {
    this.#firstBytes = unsentBytes;
    this.#sinceMs = nowMs;
  }

  /** More waits for it. */
  queued(bytes: number): void {
    this.#queuedBytes += bytes;
  }

  /** It took something that shows in no count of bytes. */
  moved(nowMs: number): void {
    this.#sinceMs = nowMs;
  }

  /** For how long it has taken nothing. */
  stalledForMs(unsentBytes: number, nowMs: number): number {
    const taken = this.#firstBytes + this.#queuedBytes - unsentBytes;
    // The most so far: what is counted and not yet handed to the socket is no progress a second time.
    if (taken > this.#mostTaken) {
      this.#mostTaken = taken;
      this.#sinceMs = nowMs;
    }
    return nowMs - this.#sinceMs;
  }
}

/** A connection that the sweep looks at. */
export interface Stallable {
  /** Null while nothing waits. */
  judge: StallJudge | null;
  bufferedBytes(): number;
  /** Has the operating system take what it can right now, and tells the judge what that added. */
  nudge(nowMs: number): void;
  /** What it is subscribed to. */
  channels(): readonly Channel[];
  /** Takes nothing any more: ends it as too slow. */
  cut(): void;
}

/** How often suspects are looked at. */
const looksPerStall = 5;

/** In one such time all others are looked at in parts, since thousands at once would hold up everybody … */
const partsPerLook = 10;

/** … and all of them once in so many: to look at everybody each second costs more than to tell them something. */
const partsOfAll = 25;

/** What is published in one turn of the loop may only wait in the next. */
const looksPerSend = 2;

/**
 * Cuts the peers that take nothing. After something was sent it looks at all open connections, which costs one call
 * each that reads a number; only those for which something waits are looked at closer, and only then is counted
 * what is queued for them. While nothing is sent and nothing waits, it does nothing.
 */
export class StallSweep {
  readonly #open: ReadonlySet<Stallable>;
  readonly #maxStallMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #suspects = new Set<Stallable>();
  /** The same, by what they are subscribed to. */
  readonly #byChannel = new Map<Channel, Set<Stallable>>();
  #looksLeft = 0;
  #parts = 0;
  #rest: SetIterator<Stallable>;

  constructor(open: ReadonlySet<Stallable>, maxStallMs: number) {
    this.#open = open;
    this.#rest = open.values();
    this.#maxStallMs = maxStallMs;
    this.#timer = setInterval(() => this.#sweep(), maxStallMs / looksPerStall / partsPerLook);
    this.#timer.unref();
  }

  /** Something goes to somebody: from now on something may wait. */
  sent(): void {
    this.#looksLeft = looksPerSend;
  }

  /** Something goes to all of a channel: it waits for the suspects among them too. */
  published(channel: Channel, frame: Frame): void {
    this.sent();
    if (this.#byChannel.size === 0) return;
    const bytes = framedBytes(frame);
    for (const { judge } of this.#byChannel.get(channel) ?? []) judge?.queued(bytes);
  }

  /** A suspect begins to get what is published to a channel. */
  subscribed(suspect: Stallable, channel: Channel): void {
    const all = this.#byChannel.get(channel) ?? new Set();
    this.#byChannel.set(channel, all.add(suspect));
  }

  unsubscribed(suspect: Stallable, channel: Channel): void {
    const all = this.#byChannel.get(channel);
    all?.delete(suspect);
    if (all?.size === 0) this.#byChannel.delete(channel);
  }

  /** It is gone, or nothing waits for it any more. */
  forget(connection: Stallable): void {
    connection.judge = null;
    if (!this.#suspects.delete(connection)) return;
    for (const channel of [...this.#byChannel.keys()]) this.unsubscribed(connection, channel);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const nowMs = performance.now();
    this.#parts += 1;
    if (this.#parts % partsPerLook === 0) {
      for (const suspect of [...this.#suspects]) this.#lookCloser(suspect, nowMs);
    }
    if (this.#looksLeft > 0) this.#lookAtPart(nowMs);
  }

  #lookAtPart(nowMs: number): void {
    for (let left = this.#open.size / partsOfAll; left > 0; left -= 1) {
      const { value: connection } = this.#rest.next();
      if (connection === undefined) {
        this.#rest = this.#open.values();
        this.#looksLeft -= 1;
        return;
      }
      if (connection.judge === null && connection.bufferedBytes() > 0) {
        this.#suspect(connection, nowMs);
      }
    }
  }

  #suspect(connection: Stallable, nowMs: number): void {
    connection.judge = new StallJudge(connection.bufferedBytes(), nowMs);
    this.#suspects.add(connection);
    for (const channel of connection.channels()) this.subscribed(connection, channel);
  }

  #lookCloser(suspect: Stallable, nowMs: number): void {
    suspect.nudge(nowMs);
    const unsentBytes = suspect.bufferedBytes();
    if (unsentBytes === 0) this.forget(suspect);
    else if ((suspect.judge?.stalledForMs(unsentBytes, nowMs) ?? 0) >= this.#maxStallMs) {
      suspect.cut();
    }
  }
}

/** The bytes of a frame as a server sends it: RFC 6455 §5.2, without a mask. */
export function framedBytes(frame: Frame): number {
  const bytes = typeof frame === "string" ? Buffer.byteLength(frame) : frame.length;
  return bytes + (bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10);
}
