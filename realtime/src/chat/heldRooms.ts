import type { ChatOutcome, HeldOutcome } from "@darasa/database";
import type { SchoolId } from "@darasa/protocol";
import type { Room } from "../room/room.ts";

/** A message, as far as it matters where it goes. */
interface InRoom {
  readonly room: Room;
}

/** After so long it is tried again whether a room is still held. */
const retryAfterMs = 50;

/**
 * The rooms of which other transactions were found to hold something in the database. Their messages wait, in order,
 * until the next try; those of other rooms go around them, and those of other schools notice nothing of it.
 */
export class HeldRooms {
  readonly #now: () => number;
  readonly #roomsOf = new Map<SchoolId, Set<Room>>();
  /** Those that are not tried before `#triesAtMs`. */
  readonly #resting = new Set<Room>();
  #triesAtMs = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether something of this school is held: the next who writes there might wait. */
  has(school: SchoolId): boolean {
    return this.#roomsOf.has(school);
  }

  get isEmpty(): boolean {
    return this.#roomsOf.size === 0;
  }

  isHeld(room: Room): boolean {
    return this.#roomsOf.get(room.schoolId)?.has(room) === true;
  }

  /** True until the next try. */
  isResting(room: Room): boolean {
    return this.#resting.has(room);
  }

  /** Ms until the next try. */
  nextTryInMs(): number {
    return Math.max(0, this.#triesAtMs - this.#now());
  }

  /** No room rests any more when the next try is due. */
  wakeIfDue(): void {
    if (this.nextTryInMs() === 0) this.#resting.clear();
  }

  /** What became of messages that went around what is held. */
  learn(batch: readonly InRoom[], outcomes: readonly (ChatOutcome | HeldOutcome)[]): void {
    batch.forEach(({ room }, index) => {
      if (outcomes[index]?.outcome === "held") this.#hold(room);
      else this.#forget(room);
    });
  }

  /** All of these are held, for all that is known. */
  learnAll(batch: readonly InRoom[]): HeldOutcome[] {
    const outcomes = batch.map(() => ({ outcome: "held" }) as const);
    this.learn(batch, outcomes);
    return outcomes;
  }

  /** Nothing waits but these: of all other rooms it does not matter what is held. */
  keepOnly(waiting: readonly InRoom[]): void {
    const rooms = new Set(waiting.map(({ room }) => room));
    for (const held of [...this.#roomsOf.values()].flatMap((some) => [...some])) {
      if (!rooms.has(held)) this.#forget(held);
    }
  }

  #hold(room: Room): void {
    if (this.#resting.size === 0) this.#triesAtMs = this.#now() + retryAfterMs;
    const rooms = this.#roomsOf.get(room.schoolId) ?? new Set();
    this.#roomsOf.set(room.schoolId, rooms.add(room));
    this.#resting.add(room);
  }

  #forget(room: Room): void {
    const rooms = this.#roomsOf.get(room.schoolId);
    rooms?.delete(room);
    if (rooms?.size === 0) this.#roomsOf.delete(room.schoolId);
    this.#resting.delete(room);
  }
}
