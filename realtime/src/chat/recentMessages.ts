import { limits, utf8Bytes, type ChatMessage } from "@darasa/protocol";
import type { RoomHistory, SeqRange } from "../room/history.ts";
import type { Room } from "../room/room.ts";
import type { Channel } from "../publish/publisher.ts";
import { maxPageBytes } from "./roomHistory.ts";

/** What is kept of one room. */
interface Kept {
  readonly room: Room;
  /** In order of `seq`, without a gap, through the last that was pushed. */
  messages: ChatMessage[];
  /** Of the first of them; null while those before are being read. */
  firstSeq: number | null;
  bytes: number;
  readonly untilUptimeMs: number;
  /** Settles when they were read. */
  filled: Promise<void>;
}

interface RecentParts {
  readonly history: RoomHistory;
  /** Ms by a clock that nobody sets. */
  readonly uptimeMs: () => number;
  readonly bounds?: Bounds | undefined;
}

/** How much is kept. */
interface Bounds {
  readonly messagesPerRoom: number;
  readonly bytesPerRoom: number;
  readonly bytesInAll: number;
}

const usualBounds: Bounds = {
  messagesPerRoom: 2 * limits.recentMessages,
  bytesPerRoom: 128 * 1024,
  bytesInAll: 64 * 1024 * 1024,
};

/** What a school clears away by its age goes without a word: so long it may be seen here yet. */
const lifeMs = 60 * 60_000;
/** About what a message takes beside its text. */
const bytesBeside = 400;

/**
 * The newest messages of the rooms of this node, in memory: who joins a room that others are in costs the database
 * nothing (SPEC R3, R4). Read from the database at the first need, and kept up by what is pushed; what was read first
 * goes first when there is too much.
 */
export class RecentMessages implements RoomHistory {
  readonly #history: RoomHistory;
  readonly #uptimeMs: () => number;
  readonly #bounds: Bounds;
  readonly #keptOf = new Map<Channel, Kept>();
  #bytesInAll = 0;

  constructor({ history, uptimeMs, bounds = usualBounds }: RecentParts) {
    this.#history = history;
    this.#uptimeMs = uptimeMs;
    this.#bounds = bounds;
  }

  /** This one is pushed now, and is the next after the last that was. */
  pushed(room: Room, message: ChatMessage): void {
    const kept = this.#find(room);
    if (kept !== undefined) this.#grow(kept, [message]);
  }

  /** Some of it may have been erased, or nobody is in the room any more: it is read anew at the next need. */
  forget(channel: Channel): void {
    const kept = this.#keptOf.get(channel);
    if (kept !== undefined) this.#drop(kept);
  }

  /** The same for all rooms. */
  forgetAll(): void {
    this.#keptOf.clear();
    this.#bytesInAll = 0;
  }

  async loadRecent(room: Room, { fromSeq, throughSeq }: SeqRange): Promise<ChatMessage[]> {
    const from = Math.max(fromSeq, throughSeq - limits.recentMessages + 1);
    const found = await this.#recall(room, { fromSeq: from, throughSeq });
    return found ?? this.#history.loadRecent(room, { fromSeq, throughSeq });
  }

  async loadPage(room: Room, range: SeqRange): Promise<ChatMessage[]> {
    // What was missed for long is not in memory, and is not worth a look.
    const isShort = range.throughSeq - range.fromSeq < this.#bounds.messagesPerRoom;
    const found = isShort ? await this.#recall(room, range) : null;
    return found === null ? this.#history.loadPage(room, range) : firstPage(found);
  }

  loadHeads(rooms: readonly Room[]): Promise<ReadonlyMap<Room, number>> {
    return this.#history.loadHeads(rooms);
  }

  /** The whole stretch from memory, or null when some of it is not there. */
  async #recall(room: Room, { fromSeq, throughSeq }: SeqRange): Promise<ChatMessage[] | null> {
    const kept = this.#find(room) ?? this.#fill(room, Math.max(room.publishedSeq ?? 0, throughSeq));
    if (kept.firstSeq === null) await kept.filled;
    const { firstSeq, messages } = kept;
    const lastSeq = messages.at(-1)?.seq ?? 0;
    if (firstSeq === null || firstSeq > fromSeq || lastSeq < throughSeq) return null;
    return messages.slice(fromSeq - firstSeq, throughSeq - firstSeq + 1);
  }

  #find(room: Room): Kept | undefined {
    const kept = this.#keptOf.get(room.channel);
    if (kept === undefined) return undefined;
    if (kept.room === room && kept.untilUptimeMs > this.#uptimeMs()) return kept;
    this.#drop(kept);
    return undefined;
  }

  /** What is pushed while it reads is kept behind what it finds. */
  #fill(room: Room, throughSeq: number): Kept {
    const kept: Kept = {
      room,
      messages: [],
      firstSeq: null,
      bytes: 0,
      untilUptimeMs: this.#uptimeMs() + lifeMs,
      filled: Promise.resolve(),
    };
    this.#keptOf.set(room.channel, kept);
    kept.filled = this.#read(kept, throughSeq);
    return kept;
  }

  async #read(kept: Kept, throughSeq: number): Promise<void> {
    try {
      const found = await this.#history.loadRecent(kept.room, { fromSeq: 1, throughSeq });
      // Forgotten while it was read: whoever waits for it reads for themselves.
      if (this.#isKept(kept)) this.#put(kept, found, throughSeq);
    } catch (error) {
      this.#drop(kept);
      throw error;
    }
  }

  #put(kept: Kept, found: readonly ChatMessage[], throughSeq: number): void {
    const pushed = kept.messages;
    const follow = pushed[0]?.seq ?? throughSeq + 1;
    if (!endsAt(found, throughSeq) || follow !== throughSeq + 1) {
      this.#drop(kept);
      return;
    }
    this.#addBytes(kept, -kept.bytes);
    kept.messages = [];
    kept.firstSeq = found[0]?.seq ?? follow;
    this.#grow(kept, [...found, ...pushed]);
  }

  #grow(kept: Kept, messages: readonly ChatMessage[]): void {
    for (const message of messages) {
      kept.messages.push(message);
      this.#addBytes(kept, sizeOf(message));
    }
    const { messagesPerRoom, bytesPerRoom, bytesInAll } = this.#bounds;
    while (kept.messages.length > messagesPerRoom || kept.bytes > bytesPerRoom) {
      const oldest = kept.messages.shift();
      if (oldest === undefined) break;
      this.#addBytes(kept, -sizeOf(oldest));
      if (kept.firstSeq !== null) kept.firstSeq = oldest.seq + 1;
    }
    for (const first of this.#keptOf.values()) {
      if (this.#bytesInAll <= bytesInAll) break;
      this.#drop(first);
    }
  }

  #isKept(kept: Kept): boolean {
    return this.#keptOf.get(kept.room.channel) === kept;
  }

  #drop(kept: Kept): void {
    if (!this.#isKept(kept)) return;
    this.#keptOf.delete(kept.room.channel);
    this.#bytesInAll -= kept.bytes;
  }

  /** What was dropped while it was read is nobody's any more, and does not count. */
  #addBytes(kept: Kept, bytes: number): void {
    kept.bytes += bytes;
    if (this.#isKept(kept)) this.#bytesInAll += bytes;
  }
}

/** Whether these are the last before `throughSeq` and itself, as they are when nothing went wrong. */
function endsAt(found: readonly ChatMessage[], throughSeq: number): boolean {
  return found.every(({ seq }, index) => seq === throughSeq - found.length + 1 + index);
}

function sizeOf({ body }: ChatMessage): number {
  return body.length * 2 + bytesBeside;
}

/** As much as one frame may hold: always at least one message. */
function firstPage(messages: readonly ChatMessage[]): ChatMessage[] {
  const page: ChatMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    if (bytes >= maxPageBytes || page.length >= limits.replayPageSize) break;
    page.push(message);
    bytes += utf8Bytes(message.body);
  }
  return page;
}
