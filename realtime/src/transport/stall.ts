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

/** Cuts the peers that take nothing. */
export interface StallSweep {
  /** Something goes to all of a channel: it waits for the suspects among them too. */
  published(channel: Channel, frame: Frame): void;
  /** It begins to get what is published to a channel. */
  subscribed(connection: Stallable, channel: Channel): void;
  unsubscribed(connection: Stallable, channel: Channel): void;
  /** It is gone. */
  forget(connection: Stallable): void;
  stop(): void;
}

const looksPerStall = 5;

/**
 * Looks at all open connections now and then. That costs one call each that reads a number; only those for
 * which something waits are looked at closer, and only then is counted what is queued for them.
 */
export function createStallSweep(open: ReadonlySet<Stallable>, maxStallMs: number): StallSweep {
  const suspects: Suspects = new Map();

  function acquit(connection: Stallable): void {
    connection.judge = null;
    for (const channel of connection.channels()) unwatch(suspects, connection, channel);
  }

  function look(connection: Stallable, nowMs: number): void {
    const { judge } = connection;
    if (judge === null) {
      connection.judge = new StallJudge(connection.bufferedBytes(), nowMs);
      for (const channel of connection.channels()) watch(suspects, connection, channel);
      return;
    }
    connection.nudge(nowMs);
    const unsentBytes = connection.bufferedBytes();
    if (unsentBytes === 0) acquit(connection);
    else if (judge.stalledForMs(unsentBytes, nowMs) >= maxStallMs) connection.cut();
  }

  const timer = setInterval(() => {
    const nowMs = performance.now();
    for (const connection of open) {
      if (connection.bufferedBytes() > 0) look(connection, nowMs);
      else if (connection.judge !== null) acquit(connection);
    }
  }, maxStallMs / looksPerStall);
  timer.unref();

  return {
    published(channel, frame) {
      if (suspects.size === 0) return;
      const bytes = framedBytes(frame);
      for (const { judge } of suspects.get(channel) ?? []) judge?.queued(bytes);
    },
    subscribed(connection, channel) {
      if (connection.judge !== null) watch(suspects, connection, channel);
    },
    unsubscribed: (connection, channel) => unwatch(suspects, connection, channel),
    forget(connection) {
      if (connection.judge !== null)
        for (const [channel] of suspects) unwatch(suspects, connection, channel);
      connection.judge = null;
    },
    stop: () => clearInterval(timer),
  };
}

/** Those for whom something waits, by what they are subscribed to. */
type Suspects = Map<Channel, Set<Stallable>>;

function watch(suspects: Suspects, connection: Stallable, channel: Channel): void {
  const all = suspects.get(channel) ?? new Set();
  suspects.set(channel, all.add(connection));
}

function unwatch(suspects: Suspects, connection: Stallable, channel: Channel): void {
  const all = suspects.get(channel);
  all?.delete(connection);
  if (all?.size === 0) suspects.delete(channel);
}

/** The bytes of a frame as a server sends it: RFC 6455 §5.2, without a mask. */
export function framedBytes(frame: Frame): number {
  const bytes = typeof frame === "string" ? Buffer.byteLength(frame) : frame.length;
  return bytes + (bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10);
}
