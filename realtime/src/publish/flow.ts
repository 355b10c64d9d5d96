import { EventList } from "./eventList.ts";
import type { Channel } from "./publisher.ts";

/** How long and how much is gathered. */
export const flushLimits = {
  /** Nothing waits longer, but for what the timer itself is late. */
  windowMs: 15,
  /** Events of one frame. */
  maxEvents: 32,
  /** Characters of one frame, unless one event alone has more. */
  maxLength: 32 * 1024,
  /** What follows this soon on an event that went at once leaves with it: the library writes once a turn. */
  burstMs: 1,
  /** A gathering ends early when nothing has come for so many times the usual gap between two events … */
  silentGaps: 4,
  /** … but not before. */
  minSilenceMs: 1.5,
  /** How long nothing is gathered after a gathering that came to nothing; twice as long after each further one. */
  pauseMs: 60,
  maxPauseMs: 8_000,
} as const;

/** A smoothed mean over about so many gaps. */
const gapsInMean = 8;

/** What is known of a channel that was not quiet a moment ago, and what it holds back. */
export class Flow {
  readonly channel: Channel;
  readonly held = new EventList();
  /** When something last came, and the usual time between two events. */
  #cameAtMs = -Infinity;
  #gapMs: number = flushLimits.windowMs;
  #heldSinceMs = 0;
  /** When the last frame went out, and until when what comes goes with it. */
  #sentAtMs = -Infinity;
  #burstEndMs = 0;
  /** Gatherings in a row that came to nothing, and until when none is begun for that. */
  #misses = 0;
  #pausedUntilMs = 0;

  constructor(channel: Channel) {
    this.channel = channel;
  }

  /** An event comes: true when it is to be held back, with those that are or because the channel is hot. */
  came(nowMs: number): boolean {
    const gapMs = Math.min(flushLimits.windowMs, nowMs - this.#cameAtMs);
    this.#gapMs += (gapMs - this.#gapMs) / gapsInMean;
    this.#cameAtMs = nowMs;
    return this.held.size > 0 || this.#isHot(nowMs);
  }

  wentAtOnce(nowMs: number): void {
    if (nowMs >= this.#burstEndMs) this.#burstEndMs = nowMs + flushLimits.burstMs;
    this.#sentAtMs = nowMs;
  }

  hold(event: string, slot: string | null): void {
    if (this.held.size === 0) this.#heldSinceMs = this.#cameAtMs;
    this.held.add(event, slot);
  }

  /** Would this event make the frame longer than it may be? */
  overflowsWith(event: string): boolean {
    return this.held.size > 0 && this.held.length + event.length > flushLimits.maxLength;
  }

  get isFull(): boolean {
    const { held } = this;
    return held.size >= flushLimits.maxEvents || held.length >= flushLimits.maxLength;
  }

  /** When the gathering ends at the latest, if nothing more comes. */
  get dueMs(): number {
    const silenceMs = Math.max(flushLimits.minSilenceMs, this.#gapMs * flushLimits.silentGaps);
    return Math.min(this.#heldSinceMs + flushLimits.windowMs, this.#cameAtMs + silenceMs);
  }

  /** The gathering ran its course: what came of it tells when the next may begin. */
  gathered(nowMs: number): void {
    if (this.held.added > 1) {
      this.#misses = Math.max(0, this.#misses - 1);
      return;
    }
    const pauseMs = flushLimits.pauseMs * 2 ** this.#misses;
    this.#misses += 1;
    this.#pausedUntilMs = nowMs + Math.min(flushLimits.maxPauseMs, pauseMs);
  }

  /** What was held leaves now; the list is empty then. */
  release(nowMs: number): readonly string[] {
    this.#sentAtMs = nowMs;
    this.#burstEndMs = nowMs;
    return this.held.take();
  }

  /** Nothing is held, nothing comes, and nothing that came before matters any more. */
  isQuiet(nowMs: number): boolean {
    const isStill = this.#cameAtMs + flushLimits.windowMs < nowMs;
    return this.held.size === 0 && isStill && this.#pausedUntilMs <= nowMs;
  }

  /** The last frame went out a moment ago, though not just now. */
  #isHot(nowMs: number): boolean {
    return (
      nowMs - this.#sentAtMs < flushLimits.windowMs &&
      nowMs >= this.#burstEndMs &&
      nowMs >= this.#pausedUntilMs
    );
  }
}
