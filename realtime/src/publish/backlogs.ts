import { EventList } from "./eventList.ts";
import { maxBacklogEvents, type Channel } from "./publisher.ts";

interface Gathering {
  readonly events: EventList;
  readonly overflowed: () => void;
}

/** What is kept of each channel for sessions that cannot take it yet. */
export class Backlogs {
  readonly #gatherings = new Map<Channel, Set<Gathering>>();

  /** Keeps from now on; returns how to end that, with what was kept. */
  begin(channel: Channel, overflowed: () => void): () => readonly string[] {
    const gathering: Gathering = { events: new EventList(), overflowed };
    const all = this.#gatherings.get(channel) ?? new Set();
    this.#gatherings.set(channel, all.add(gathering));
    return () => {
      this.#end(channel, gathering);
      return gathering.events.take();
    };
  }

  add(channel: Channel, event: string, slot: string | null): void {
    const all = this.#gatherings.get(channel);
    if (all === undefined) return;
    for (const gathering of [...all]) {
      gathering.events.add(event, slot);
      if (gathering.events.added <= maxBacklogEvents) continue;
      this.#end(channel, gathering);
      gathering.events.take();
      gathering.overflowed();
    }
  }

  #end(channel: Channel, gathering: Gathering): void {
    const all = this.#gatherings.get(channel);
    all?.delete(gathering);
    if (all?.size === 0) this.#gatherings.delete(channel);
  }
}
