import { limits, utf8Bytes, type ChatMessage } from "@darasa/protocol";
import type { RoomHistory, SeqRange } from "../room/history.ts";
import type { Room } from "../room/room.ts";
import type { Channel } from "../publish/publisher.ts";
import { maxPageBytes } from "./roomHistory.ts";

/**
 * The newest messages of the rooms of this node, in memory: who joins a room that others are in costs the database
 * nothing (SPEC R3, R4). Read from the database at the first need, and kept up by what is pushed.
 */
export interface RecentMessages {
  /** This one is pushed now, and is the next after the last that was. */
  pushed(room: Room, message: ChatMessage): void;
  /** Some of it may have been erased: it is read anew at the next need. */
  forget(room: Room): void;
  /** The same for all rooms. */
  forgetAll(): void;
  /** Nobody is in the room any more. */
  went(channel: Channel): void;
  /** The history of rooms, from memory where it is there. */
  readonly history: RoomHistory;
}

/** What is kept of one room. */
interface Kept {
  readonly room: Room;
  /** In order of `seq`, without a gap. */
  messages: ChatMessage[];
  /** Every message from here to the last that was pushed is among them; null while they are being read. */
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

/** Keeps them by room, and those that were read first go first when there is too much. */
export function createRecentMessages({
  history,
  uptimeMs,
  bounds = usualBounds,
}: RecentParts): RecentMessages {
  const keptOf = new Map<Channel, Kept>();
  let bytesInAll = 0;

  function drop(kept: Kept): void {
    if (keptOf.get(kept.room.channel) !== kept) return;
    keptOf.delete(kept.room.channel);
    bytesInAll -= kept.bytes;
  }

  function find(room: Room): Kept | undefined {
    const kept = keptOf.get(room.channel);
    if (kept === undefined) return undefined;
    if (kept.room === room && kept.untilUptimeMs > uptimeMs()) return kept;
    drop(kept);
    return undefined;
  }

  function grow(kept: Kept, messages: readonly ChatMessage[]): void {
    for (const message of messages) {
      kept.messages.push(message);
      addBytes(kept, sizeOf(message));
    }
    trim(kept);
  }

  function addBytes(kept: Kept, bytes: number): void {
    kept.bytes += bytes;
    bytesInAll += bytes;
  }

  function trim(kept: Kept): void {
    while (
      kept.messages.length > bounds.messagesPerRoom ||
      (kept.bytes > bounds.bytesPerRoom && kept.messages.length > 0)
    ) {
      const oldest = kept.messages.shift();
      if (oldest === undefined) break;
      addBytes(kept, -sizeOf(oldest));
      if (kept.firstSeq !== null) kept.firstSeq = oldest.seq + 1;
    }
    for (const other of keptOf.values()) {
      if (bytesInAll <= bounds.bytesInAll) break;
      drop(other);
    }
  }

  /** What is pushed while it reads is kept behind what it finds. */
  function fill(room: Room, throughSeq: number): Kept {
    const kept: Kept = {
      room,
      messages: [],
      firstSeq: null,
      bytes: 0,
      untilUptimeMs: uptimeMs() + lifeMs,
      filled: Promise.resolve(),
    };
    keptOf.set(room.channel, kept);
    kept.filled = history.loadRecent(room, { fromSeq: 1, throughSeq }).then(
      (found) => {
        // Forgotten while it was read: whoever waits for it reads for themselves.
        if (keptOf.get(room.channel) !== kept) return;
        const pushed = kept.messages;
        const isWhole =
          follows(found, throughSeq) && (pushed[0]?.seq ?? throughSeq + 1) === throughSeq + 1;
        if (!isWhole) {
          drop(kept);
          return;
        }
        addBytes(kept, -kept.bytes);
        kept.messages = [];
        kept.firstSeq = found[0]?.seq ?? throughSeq + 1;
        grow(kept, [...found, ...pushed]);
      },
      (error: unknown) => {
        drop(kept);
        throw error;
      },
    );
    return kept;
  }

  /** The whole stretch from memory, or null when some of it is not there. */
  async function recall(
    room: Room,
    { fromSeq, throughSeq }: SeqRange,
  ): Promise<ChatMessage[] | null> {
    const kept = find(room) ?? fill(room, Math.max(room.publishedSeq ?? 0, throughSeq));
    if (kept.firstSeq === null) await kept.filled;
    const { firstSeq, messages } = kept;
    const lastSeq = messages.at(-1)?.seq ?? 0;
    if (firstSeq === null || firstSeq > fromSeq || lastSeq < throughSeq) return null;
    return messages.slice(fromSeq - firstSeq, throughSeq - firstSeq + 1);
  }

  return {
    pushed(room, message) {
      const kept = find(room);
      if (kept !== undefined) grow(kept, [message]);
    },
    forget(room) {
      const kept = keptOf.get(room.channel);
      if (kept !== undefined) drop(kept);
    },
    forgetAll() {
      for (const kept of [...keptOf.values()]) drop(kept);
    },
    went(channel) {
      const kept = keptOf.get(channel);
      if (kept !== undefined) drop(kept);
    },
    history: {
      async loadRecent(room, { fromSeq, throughSeq }) {
        const from = Math.max(fromSeq, throughSeq - limits.recentMessages + 1);
        const found = await recall(room, { fromSeq: from, throughSeq });
        return found ?? history.loadRecent(room, { fromSeq, throughSeq });
      },
      async loadPage(room, range) {
        // What was missed for long is not in memory, and is not worth a look.
        const isShort = range.throughSeq - range.fromSeq < bounds.messagesPerRoom;
        const found = isShort ? await recall(room, range) : null;
        return found === null ? history.loadPage(room, range) : firstPage(found);
      },
      loadHeads: (rooms) => history.loadHeads(rooms),
    },
  };
}

/** Whether these are the last before `throughSeq` and itself, as they are when nothing went wrong. */
function follows(found: readonly ChatMessage[], throughSeq: number): boolean {
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
