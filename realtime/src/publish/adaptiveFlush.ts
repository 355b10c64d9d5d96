import { frameOf } from "./eventList.ts";
import { Flow } from "./flow.ts";
import type { FlushClock } from "./flushClock.ts";
import type { Channel } from "./publisher.ts";

/** How often what is known of channels is looked through for those that went quiet. */
const sweepMs = 1_000;

/**
 * Gathers the events of hot channels into fewer frames, and lets all others through in the same turn. A write to each
 * subscriber is what fan-out costs. Who waits for their own message before they send the next gain nothing by it: a
 * gathering that gathers nothing is not tried again soon.
 */
export class AdaptiveFlush {
  readonly #write: (channel: Channel, frame: string) => void;
  readonly #clock: FlushClock;
  readonly #flows = new Map<Channel, Flow>();
  readonly #holding = new Set<Flow>();
  /** The one timer; null when none runs. */
  #wakeAtMs: number | null = null;
  #takeBack: () => void = () => undefined;

  constructor(write: (channel: Channel, frame: string) => void, clock: FlushClock) {
    this.#write = write;
    this.#clock = clock;
  }

  /** Channels that something is known of: none of those that went quiet. */
  get size(): number {
    return this.#flows.size;
  }

  /**
   * Sends an encoded event, now or within `flushLimits.windowMs`: in order, each once, but that within one frame only
   * the newest of the same `slot` is told.
   */
  send(channel: Channel, event: string, slot: string | null): void {
    const nowMs = this.#clock.now();
    const flow = this.#flowOf(channel, nowMs);
    if (flow.came(nowMs)) {
      this.#hold(flow, { event, slot, nowMs });
    } else {
      flow.wentAtOnce(nowMs);
      this.#write(channel, event);
    }
  }

  /** What the channel holds back goes out now. */
  flush(channel: Channel): void {
    const flow = this.#flows.get(channel);
    if (flow !== undefined && flow.held.size > 0) this.#release(flow, this.#clock.now());
  }

  /** What any channel holds back goes out now. */
  flushAll(): void {
    for (const flow of this.#holding) this.#release(flow, this.#clock.now());
  }

  #flowOf(channel: Channel, nowMs: number): Flow {
    const known = this.#flows.get(channel);
    if (known !== undefined) return known;
    const flow = new Flow(channel);
    this.#flows.set(channel, flow);
    this.#wakeBy(nowMs + sweepMs, nowMs);
    return flow;
  }

  #hold(flow: Flow, { event, slot, nowMs }: Arrival): void {
    if (flow.overflowsWith(event)) this.#endGathering(flow, nowMs);
    flow.hold(event, slot);
    this.#holding.add(flow);
    if (flow.isFull) this.#endGathering(flow, nowMs);
    else if (flow.held.added === 1) this.#wakeBy(flow.dueMs, nowMs);
  }

  #endGathering(flow: Flow, nowMs: number): void {
    flow.gathered(nowMs);
    this.#release(flow, nowMs);
  }

  #release(flow: Flow, nowMs: number): void {
    this.#holding.delete(flow);
    this.#write(flow.channel, frameOf(flow.release(nowMs)));
  }

  #wakeBy(dueMs: number, nowMs: number): void {
    if (this.#wakeAtMs !== null && this.#wakeAtMs <= dueMs) return;
    this.#takeBack();
    this.#wakeAtMs = dueMs;
    this.#takeBack = this.#clock.wakeAfter(Math.max(1, Math.ceil(dueMs - nowMs)), () =>
      this.#wake(),
    );
  }

  #wake(): void {
    const nowMs = this.#clock.now();
    this.#wakeAtMs = null;
    let nextMs = Infinity;
    for (const flow of this.#holding) {
      const { dueMs } = flow;
      if (dueMs <= nowMs) this.#endGathering(flow, nowMs);
      else nextMs = Math.min(nextMs, dueMs);
    }
    if (nextMs < Infinity) this.#wakeBy(nextMs, nowMs);
    else this.#sweep(nowMs);
  }

  #sweep(nowMs: number): void {
    for (const flow of this.#flows.values()) {
      if (flow.isQuiet(nowMs)) this.#flows.delete(flow.channel);
    }
    if (this.#flows.size > 0) this.#wakeBy(nowMs + sweepMs, nowMs);
  }
}

interface Arrival {
  readonly event: string;
  readonly slot: string | null;
  readonly nowMs: number;
}
