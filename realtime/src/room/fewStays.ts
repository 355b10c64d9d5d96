import type { RoomId } from "@darasa/protocol";
import type { Stay, Stays } from "./room.ts";

const none: readonly Stay[] = [];

/** The stays of one session: a few at most, and one of nearly everybody, for whom a `Map` has room for four. */
export class FewStays implements Stays {
  #all = none;

  get size(): number {
    return this.#all.length;
  }

  get(room: RoomId): Stay | undefined {
    return this.#all.find((stay) => stay.room.roomId === room);
  }

  has(room: RoomId): boolean {
    return this.get(room) !== undefined;
  }

  set(room: RoomId, stay: Stay): void {
    this.#all = [...this.#others(room), stay];
  }

  delete(room: RoomId): void {
    this.#all = this.#others(room);
  }

  values(): Iterable<Stay> {
    return this.#all;
  }

  #others(room: RoomId): readonly Stay[] {
    return this.#all.filter((stay) => stay.room.roomId !== room);
  }
}
