/**
 * Encoded events on their way into one frame, in order. Of those with the same `slot` only the newest is kept, in
 * the newest's place (SPEC P13).
 */
export class EventList {
  /** How many were added, those that a newer one replaced among them. */
  added = 0;
  /** Characters of those that are kept. */
  length = 0;
  #events: (string | null)[] = [];
  #slots: Map<string, number> | null = null;
  #replaced = 0;

  /** How many are kept. */
  get size(): number {
    return this.#events.length - this.#replaced;
  }

  add(event: string, slot: string | null): void {
    if (slot !== null) this.#replace(slot);
    this.added += 1;
    this.length += event.length;
    this.#events.push(event);
  }

  /** All that are kept; the list is empty then. */
  take(): readonly string[] {
    const events = this.#events.filter((event) => event !== null);
    this.#events = [];
    this.#slots = null;
    this.#replaced = 0;
    this.added = 0;
    this.length = 0;
    return events;
  }

  #replace(slot: string): void {
    this.#slots ??= new Map();
    const index = this.#slots.get(slot);
    if (index !== undefined) {
      this.length -= this.#events[index]?.length ?? 0;
      this.#events[index] = null;
      this.#replaced += 1;
    }
    this.#slots.set(slot, this.#events.length);
  }
}

/** One frame of encoded events: the event itself, or an array of them (SPEC F4). None is encoded again. */
export function frameOf(events: readonly string[]): string {
  const [only] = events;
  return only !== undefined && events.length === 1 ? only : `[${events.join(",")}]`;
}
