import type { ChatOutcome, ChatRow, HeldOutcome } from "@darasa/database";
import { DarasaError, type ErrorCode } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Room } from "../room/room.ts";
import { HeldRooms } from "./heldRooms.ts";

/** What became of a message: stored, or why not. */
export type WriteOutcome =
  Extract<ChatOutcome, { outcome: "stored" }> | { readonly outcome: ErrorCode };

/** A message on its way into the database. */
export interface PendingMessage {
  readonly room: Room;
  readonly row: ChatRow;
  readonly sinceMs: number;
  /** Called once. */
  readonly settle: (outcome: WriteOutcome) => void;
}

/** What a flusher works with. The callbacks never throw. */
export interface FlusherParts {
  /** @throws DarasaError busy when something of the batch is held by others: then nothing is stored */
  readonly append: (rows: readonly ChatRow[]) => Promise<ChatOutcome[]>;
  /** The same, around what is held. */
  readonly appendFree: (rows: readonly ChatRow[]) => Promise<(ChatOutcome | HeldOutcome)[]>;
  /** A batch is committed and its senders were told in the same turn: `outcomes` stand in the order of `batch`. */
  readonly committed: (batch: readonly PendingMessage[], outcomes: readonly ChatOutcome[]) => void;
  /** A batch ended without an answer: it may be stored all the same. */
  readonly uncertain: (batch: readonly PendingMessage[]) => void;
  /** The flusher is done with these, whatever became of them: exactly once for each that was added. */
  readonly over: (messages: readonly PendingMessage[]) => void;
  readonly log: Log;
  readonly now: () => number;
  /** After so long without a commit the answer is `unavailable` (SPEC M5). */
  readonly deadlineMs: number;
}

type Outcome = ChatOutcome | HeldOutcome;

const doNothing = (): void => undefined;

/** The knee of cost per row is at about a hundred; more only makes the first wait for the last. */
const maxBatchRows = 500;
/** Beyond it the sender is told `busy`: memory stays bounded when the database is slow. */
const maxWaitingRows = 10_000;
/** As many of a school of which something is held: what waits of it takes no room from others. */
const maxHeldRows = 2_000;
/** So long before its deadline what is held is refused, and not tried again: the answer to a try takes time, too. */
const lastTryMs = 500;

/**
 * Group commit without a timer: a batch is what came while the last one was committed. What somebody else holds in the
 * database is tried again and again, in its order, and the rest goes around it.
 */
export class Flusher {
  readonly #parts: FlusherParts;
  #waiting: PendingMessage[] = [];
  readonly #held: HeldRooms;
  #running: Promise<void> | null = null;
  #wake = doNothing;
  /** The deadline has passed and the database has not answered yet. */
  #isStuck = false;

  constructor(parts: FlusherParts) {
    this.#parts = parts;
    this.#held = new HeldRooms(parts.now);
  }

  /** Messages that wait for the batch that is being committed. */
  get waiting(): number {
    return this.#waiting.length;
  }

  add(message: PendingMessage): void {
    const isHeld = this.#held.has(message.room.schoolId);
    const isFull = this.#waiting.length >= (isHeld ? maxHeldRows : maxWaitingRows);
    if (this.#isStuck || isFull) {
      message.settle({ outcome: this.#isStuck ? "unavailable" : "busy" });
      this.#parts.over([message]);
      return;
    }
    this.#waiting.push(message);
    this.#running ??= this.#run();
    if (!this.#held.isResting(message.room)) this.#wake();
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      if (batch.length === 0) {
        await this.#rest();
        continue;
      }
      const held = await this.#flush(batch);
      if (held.length > 0) this.#waiting = [...held, ...this.#waiting];
    }
    this.#running = null;
  }

  /** What may be tried now, in order. Of what is held that for which there is no time any more is told so. */
  #takeBatch(): PendingMessage[] {
    if (this.#held.isEmpty) return this.#waiting.splice(0, maxBatchRows);
    this.#held.wakeIfDue();
    const { now, deadlineMs } = this.#parts;
    const lateSinceMs = now() - deadlineMs + lastTryMs;
    const batch: PendingMessage[] = [];
    const kept: PendingMessage[] = [];
    const late: PendingMessage[] = [];
    for (const message of this.#waiting) {
      if (this.#held.isHeld(message.room) && message.sinceMs <= lateSinceMs) late.push(message);
      else if (batch.length === maxBatchRows || this.#held.isResting(message.room))
        kept.push(message);
      else batch.push(message);
    }
    this.#waiting = kept;
    for (const message of late) message.settle({ outcome: "unavailable" });
    this.#parts.over(late);
    this.#held.keepOnly([...batch, ...kept]);
    return batch;
  }

  /** Until what is held is tried again, or something comes that does not wait for that. */
  async #rest(): Promise<void> {
    if (this.#waiting.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, this.#held.nextTryInMs());
    });
    clearTimeout(timer);
    this.#wake = doNothing;
  }

  /** Resolves to those that are held: nothing of them is stored, and they are to be tried again. */
  async #flush(batch: readonly PendingMessage[]): Promise<readonly PendingMessage[]> {
    const { now, deadlineMs } = this.#parts;
    const oldestMs = batch[0]?.sinceMs ?? now();
    const deadline = setTimeout(() => this.#giveUp(batch), oldestMs + deadlineMs - now());
    try {
      const outcomes = await this.#store(batch);
      return this.#settle(batch, outcomes);
    } catch (error) {
      return await this.#fail(batch, error);
    } finally {
      clearTimeout(deadline);
      this.#isStuck = false;
    }
  }

  /** One outcome for each; whoever may have to wait for others goes around them. */
  async #store(batch: readonly PendingMessage[]): Promise<readonly Outcome[]> {
    const { append, appendFree } = this.#parts;
    const rows = batch.map((message) => message.row);
    try {
      if (!batch.some(({ room }) => this.#held.has(room.schoolId))) return await append(rows);
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
    const outcomes = await appendFree(rows);
    this.#held.learn(batch, outcomes);
    return outcomes;
  }

  /** Those that are held, and still wait for their answer. */
  #settle(
    batch: readonly PendingMessage[],
    outcomes: readonly Outcome[],
  ): readonly PendingMessage[] {
    const held: PendingMessage[] = [];
    const done: PendingMessage[] = [];
    const ends: ChatOutcome[] = [];
    batch.forEach((message, index) => {
      const outcome = outcomes[index] ?? { outcome: "invalid" };
      if (outcome.outcome === "held") {
        held.push(message);
        return;
      }
      // Who wrote has the ack before the push; what leaves in one turn costs each socket one write.
      message.settle(toWriteOutcome(outcome));
      done.push(message);
      ends.push(outcome);
    });
    this.#parts.committed(done, ends);
    this.#parts.over(this.#isStuck ? batch : done);
    return this.#isStuck ? [] : held;
  }

  /** Nobody waits longer than promised; the batch itself may still be committed, and is pushed then. */
  #giveUp(batch: readonly PendingMessage[]): void {
    this.#isStuck = true;
    const behind = this.#waiting.splice(0);
    for (const message of [...batch, ...behind]) message.settle({ outcome: "unavailable" });
    this.#parts.over(behind);
  }

  async #fail(
    batch: readonly PendingMessage[],
    error: unknown,
  ): Promise<readonly PendingMessage[]> {
    if (isBusy(error)) return this.#settle(batch, this.#held.learnAll(batch));
    if (error instanceof DarasaError) {
      this.#giveUp(batch);
      this.#parts.uncertain(batch);
      this.#parts.over(batch);
      return [];
    }
    this.#parts.log("error", "a batch of messages was refused", { rows: batch.length, error });
    // One row that the database chokes on must not fail the others.
    if (batch.length > 1) return this.#flushEach(batch);
    batch[0]?.settle({ outcome: "internal" });
    this.#parts.over(batch);
    return [];
  }

  /** Behind one that is held nothing of its room is stored. */
  async #flushEach(batch: readonly PendingMessage[]): Promise<readonly PendingMessage[]> {
    const held: PendingMessage[] = [];
    for (const message of batch) {
      const isBehind = held.some(({ room }) => room === message.room);
      held.push(...(isBehind ? [message] : await this.#flush([message])));
    }
    return held;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof DarasaError && error.code === "busy";
}

function toWriteOutcome(outcome: ChatOutcome): WriteOutcome {
  if (outcome.outcome === "stored") return outcome;
  return { outcome: outcome.outcome === "invalid" ? "bad_request" : outcome.outcome };
}
