import type { ParticipantId } from "@darasa/protocol";
import type { NodeBus } from "../nodes/nodeBus.ts";
import type { Memory, Part } from "../room/part.ts";
import type { Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import { seatsHere } from "../room/seats.ts";

interface TellerParts {
  readonly bus: Pick<NodeBus, "say" | "isConnected">;
  readonly rooms: RoomRegistry;
}

/** A slice as it was when its telling began; its people are told as they are when their piece is. */
interface TellingSlice {
  readonly version: number;
  readonly ids: readonly ParticipantId[];
}

/** People in one notice: about 100 kB. */
const peoplePerNotice = 250;

/**
 * Tells the other nodes of those who are connected to this one (SPEC P14): what changes within one turn of the loop
 * together, and the whole to those who ask.
 */
export class SliceTeller {
  readonly #parts: TellerParts;
  readonly #untold = new Map<Room, Set<ParticipantId>>();
  readonly #versions = new WeakMap<Room, number>();
  /** The slices that are being told; true when somebody has asked meanwhile. */
  readonly #answering = new Map<Room, boolean>();
  /** Of all rooms together: a room that is served again does not begin anew. */
  #lastVersion = 0;

  constructor(parts: TellerParts) {
    this.#parts = parts;
  }

  /** What this node says of this person changed. */
  changed(room: Room, participantId: ParticipantId): void {
    const { bus, rooms } = this.#parts;
    if (!bus.isConnected) {
      // Whoever hears the next change finds that they have missed one.
      this.#nextVersion(room);
      return;
    }
    if (this.#untold.size === 0) setImmediate(() => this.flush());
    let ids = this.#untold.get(room);
    if (ids === undefined) {
      rooms.hold(room.schoolId, room.roomId);
      this.#untold.set(room, (ids = new Set()));
    }
    ids.add(participantId);
  }

  /** Tells all that is not told yet. */
  flush(): void {
    const all = [...this.#untold];
    this.#untold.clear();
    for (const [room, ids] of all) {
      this.#tell(room, [...ids]);
      this.#parts.rooms.release(room);
    }
  }

  /** Tells the whole slice of a room. */
  answer(room: Room): void {
    this.flush();
    if (this.#answering.has(room)) {
      this.#answering.set(room, true);
      return;
    }
    this.#answering.set(room, false);
    this.#parts.rooms.hold(room.schoolId, room.roomId);
    this.#tellPiece(room, { version: this.#versionOf(room), ids: hereIn(room) }, 0);
  }

  /** Tells of every room how much there is to know; call it every `sliceBeatMs`. */
  beat(): void {
    this.flush();
    for (const room of this.#parts.rooms.all()) {
      if (room.peopleHere === 0) continue;
      this.#parts.bus.say(room.channel, {
        kind: "digest",
        version: this.#versionOf(room),
        count: room.peopleHere,
        seats: seatsHere(room),
      });
    }
  }

  #tell(room: Room, ids: readonly ParticipantId[]): void {
    for (let start = 0; start < ids.length; start += peoplePerNotice) {
      const some = ids.slice(start, start + peoplePerNotice);
      const gone = some.filter((id) => ownPart(room, id) === null);
      this.#parts.bus.say(room.channel, {
        kind: "delta",
        ...this.#nextVersion(room),
        present: partsOf(room, some),
        gone,
        memories: memoriesOf(room, gone),
      });
    }
  }

  /** One piece a turn of the loop: a hall's slice takes a while to write. */
  #tellPiece(room: Room, slice: TellingSlice, piece: number): void {
    const { bus, rooms } = this.#parts;
    const { version, ids } = slice;
    const end = (piece + 1) * peoplePerNotice;
    const present = partsOf(room, ids.slice(end - peoplePerNotice, end));
    const isLast = ids.length <= end;
    const memories = isLast ? [...room.memories.values()] : [];
    bus.say(room.channel, { kind: "slice", version, piece, isLast, present, memories });
    if (!isLast) {
      setImmediate(() => this.#tellPiece(room, slice, piece + 1));
      return;
    }
    bus.say(room.channel, { kind: "seats", seats: seatsHere(room) });
    const isAskedAgain = this.#answering.get(room) === true;
    this.#answering.delete(room);
    if (isAskedAgain) this.answer(room);
    rooms.release(room);
  }

  #versionOf(room: Room): number {
    return this.#versions.get(room) ?? 0;
  }

  #nextVersion(room: Room): { previous: number; version: number } {
    const previous = this.#versionOf(room);
    this.#lastVersion += 1;
    this.#versions.set(room, this.#lastVersion);
    return { previous, version: this.#lastVersion };
  }
}

function ownPart(room: Room, id: ParticipantId): Part | null {
  return room.people.get(id)?.own ?? null;
}

function hereIn(room: Room): ParticipantId[] {
  const ids: ParticipantId[] = [];
  for (const [id, { own }] of room.people) if (own !== null) ids.push(id);
  return ids;
}

function partsOf(room: Room, ids: readonly ParticipantId[]): Part[] {
  return ids.map((id) => ownPart(room, id)).filter((part) => part !== null);
}

function memoriesOf(room: Room, ids: readonly ParticipantId[]): Memory[] {
  return ids.map((id) => room.memories.get(id)).filter((memory) => memory !== undefined);
}
