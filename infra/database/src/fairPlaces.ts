import { DarasaError } from "@darasa/protocol";

/** So many places, and who gets them. */
export interface PlacePlan {
  readonly places: number;
  /** What one school may hold at a time; the rest is there for the others, whatever that one does. */
  readonly placesPerSchool: number;
  /** Who waits beyond this, of one school, is refused at once: memory stays bounded. */
  readonly maxWaitingPerSchool: number;
}

/** Whose a place is: a school's, or null for what is no school's. */
export type PlaceOwner = string | null;

interface Waiting {
  readonly admit: () => void;
}

/**
 * Places, such as those of a pool of connections, that schools share. Within a school who came first is first; among
 * schools one after the other has its turn. A place is never left empty while somebody may have it.
 */
export class FairPlaces {
  readonly #plan: PlacePlan;
  readonly #held = new Map<PlaceOwner, number>();
  /** Schools in the order of their turns: whose turn it was goes to the end. None of them is empty. */
  readonly #queues = new Map<PlaceOwner, Set<Waiting>>();
  #taken = 0;
  #waiting = 0;

  constructor(plan: PlacePlan) {
    this.#plan = plan;
  }

  /** Places that are held. */
  get taken(): number {
    return this.#taken;
  }

  /** Who waits for one. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * What `work` gives, which is begun with a place and keeps it until it is settled.
   *
   * @throws DarasaError unavailable when too many of that school wait; the signal's reason when it is aborted before
   *   `work` has begun, which then never does
   */
  async within<T>(owner: PlaceOwner, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#mayEnter(owner)) this.#take(owner);
    else await this.#wait(owner, signal);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.#release(owner);
    }
  }

  #mayEnter(owner: PlaceOwner): boolean {
    const { places, placesPerSchool } = this.#plan;
    return this.#taken < places && (this.#held.get(owner) ?? 0) < placesPerSchool;
  }

  #take(owner: PlaceOwner): void {
    this.#taken += 1;
    this.#held.set(owner, (this.#held.get(owner) ?? 0) + 1);
  }

  #release(owner: PlaceOwner): void {
    this.#taken -= 1;
    const left = (this.#held.get(owner) ?? 0) - 1;
    if (left > 0) this.#held.set(owner, left);
    else this.#held.delete(owner);
    this.#admitNext();
  }

  /** One place became free, so that one may enter: the school whose turn it is, of those that may hold more. */
  #admitNext(): void {
    for (const [owner, queue] of this.#queues) {
      if (!this.#mayEnter(owner)) continue;
      const [first] = queue;
      if (first === undefined) continue;
      this.#leaveQueue(owner, first);
      if (this.#queues.delete(owner)) this.#queues.set(owner, queue);
      // Taken for them here: whoever asks before they run finds it taken.
      this.#take(owner);
      first.admit();
      return;
    }
  }

  #wait(owner: PlaceOwner, signal: AbortSignal): Promise<void> {
    const queue = this.#queues.get(owner) ?? new Set<Waiting>();
    if (queue.size >= this.#plan.maxWaitingPerSchool) throw new DarasaError("unavailable");
    this.#queues.set(owner, queue);
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#leaveQueue(owner, waiting);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        admit: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      signal.addEventListener("abort", giveUp, { once: true });
      queue.add(waiting);
      this.#waiting += 1;
    });
  }

  #leaveQueue(owner: PlaceOwner, waiting: Waiting): void {
    const queue = this.#queues.get(owner);
    queue?.delete(waiting);
    this.#waiting -= 1;
    if (queue?.size === 0) this.#queues.delete(owner);
  }
}
