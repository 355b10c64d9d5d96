import type { ChatOutcome, ChatRow, HeldOutcome } from "@darasa/database";
import type { ChatMessage, ParticipantId } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import { Flusher, type PendingMessage, type WriteOutcome } from "./flusher.ts";
import type { MessageFeed } from "./messageFeed.ts";

/** Stores messages durably, and then has them pushed. */
export interface MessageWriter {
  /** Calls back once: after the commit, or with a refusal, within 3 s (SPEC M1, M5). Never throws. */
  append(room: Room, row: ChatRow, settle: (outcome: WriteOutcome) => void): void;
  /** Resolves when everything that waited is settled and pushed. */
  idle(): Promise<void>;
  /** Messages that wait to be stored. */
  readonly waiting: number;
}

interface WriterParts {
  readonly append: (rows: readonly ChatRow[]) => Promise<ChatOutcome[]>;
  readonly appendFree: (rows: readonly ChatRow[]) => Promise<(ChatOutcome | HeldOutcome)[]>;
  readonly feed: Pick<MessageFeed, "stored" | "uncertain">;
  readonly rooms: RoomRegistry;
  readonly log: Log;
  readonly now: () => number;
}

/** Two keep both the database and this process busy; more only split the batches. */
const flusherCount = 2;
const deadlineMs = 2_800;

/** A room always goes to the same flusher, so that its messages are committed in the order of `append`. */
export function createMessageWriter(parts: WriterParts): MessageWriter {
  const { append, appendFree, feed, rooms, log, now } = parts;

  function committed(batch: readonly PendingMessage[], outcomes: readonly ChatOutcome[]): void {
    const byRoom = new Map<Room, ChatMessage[]>();
    outcomes.forEach((outcome, index) => {
      const pending = batch[index];
      if (pending === undefined || outcome.outcome !== "stored") return;
      const messages = byRoom.get(pending.room) ?? [];
      byRoom.set(pending.room, messages);
      messages.push(toMessage(pending.row, outcome));
    });
    for (const [room, messages] of byRoom) feed.stored(room, messages);
  }

  function uncertain(batch: readonly PendingMessage[]): void {
    for (const { room } of batch) feed.uncertain(room);
  }

  /** A room is kept until its last message is pushed, though everybody may have left. */
  function over(messages: readonly PendingMessage[]): void {
    for (const { room } of messages) rooms.release(room);
  }

  const flushers = Array.from(
    { length: flusherCount },
    () => new Flusher({ append, appendFree, committed, uncertain, over, log, now, deadlineMs }),
  );

  return {
    append(room, row, settle) {
      rooms.hold(room.schoolId, room.roomId);
      flusherOf(flushers, room).add({ room, row, sinceMs: now(), settle });
    },
    async idle() {
      await Promise.all(flushers.map((flusher) => flusher.idle()));
    },
    get waiting() {
      return flushers.reduce((sum, flusher) => sum + flusher.waiting, 0);
    },
  };
}

function flusherOf(flushers: readonly Flusher[], room: Room): Flusher {
  const hash = parseInt(room.roomId.slice(0, 8), 16);
  const flusher = flushers[hash % flushers.length];
  if (flusher === undefined) throw new RangeError("there is no flusher");
  return flusher;
}

function toMessage(row: ChatRow, stored: Extract<ChatOutcome, { outcome: "stored" }>): ChatMessage {
  return {
    seq: stored.seq,
    messageId: stored.messageId,
    clientId: row.clientId,
    senderId: row.senderId as ParticipantId,
    senderName: row.senderName,
    body: row.body,
    sentAtMs: stored.sentAtMs,
  };
}
