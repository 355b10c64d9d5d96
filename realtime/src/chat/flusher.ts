import type { ChatOutcome, ChatRow } from "@darasa/database";
import { DarasaError, type ErrorCode } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Room } from "../room/room.ts";

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
  readonly append: (rows: readonly ChatRow[]) => Promise<ChatOutcome[]>;
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

/** The knee of cost per row is at about a hundred; more only makes the first wait for the last. */
const maxBatchRows = 500;
/** Beyond it the sender is told `busy`: memory stays bounded when the database is slow. */
const maxWaitingRows = 10_000;

/** Group commit without a timer: a batch is what came while the last one was committed. */
export class Flusher {
  readonly #parts: FlusherParts;
  #waiting: PendingMessage[] = [];
  #running: Promise<void> | null = null;
  /** The deadline has passed and the database has not answered yet. */
  #isStuck = false;

  constructor(parts: FlusherParts) {
    this.#parts = parts;
  }

  /** Messages that wait for the batch that is being committed. */
  get waiting(): number {
    return this.#waiting.length;
  }

  add(message: PendingMessage): void {
    const isFull = this.#waiting.length >= maxWaitingRows;
    if (this.#isStuck || isFull) {
      message.settle({ outcome: this.#isStuck ? "unavailable" : "busy" });
      this.#parts.over([message]);
      return;
    }
    this.#waiting.push(message);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#flush(this.#waiting.splice(0, maxBatchRows));
    this.#running = null;
  }

  async #flush(batch: readonly PendingMessage[]): Promise<void> {
    const outcomes = await this.#append(batch);
    if (outcomes === null) return;
    // Who wrote has the ack before the push; what leaves in one turn costs each socket one write.
    outcomes.forEach((outcome, index) => batch[index]?.settle(toWriteOutcome(outcome)));
    this.#parts.committed(batch, outcomes);
    this.#parts.over(batch);
  }

  /** Null when the batch failed and everything was said about it. */
  async #append(batch: readonly PendingMessage[]): Promise<ChatOutcome[] | null> {
    const { append, now, deadlineMs } = this.#parts;
    const oldestMs = batch[0]?.sinceMs ?? now();
    const deadline = setTimeout(() => this.#giveUp(batch), oldestMs + deadlineMs - now());
    try {
      return await append(batch.map((message) => message.row));
    } catch (error) {
      await this.#fail(batch, error);
      return null;
    } finally {
      clearTimeout(deadline);
      this.#isStuck = false;
    }
  }

  /** Nobody waits longer than promised; the batch itself may still be committed, and is pushed then. */
  #giveUp(batch: readonly PendingMessage[]): void {
    this.#isStuck = true;
    const behind = this.#waiting.splice(0);
    for (const message of [...batch, ...behind]) message.settle({ outcome: "unavailable" });
    this.#parts.over(behind);
  }

  async #fail(batch: readonly PendingMessage[], error: unknown): Promise<void> {
    if (error instanceof DarasaError) {
      this.#giveUp(batch);
      this.#parts.uncertain(batch);
      this.#parts.over(batch);
      return;
    }
    this.#parts.log("error", "a batch of messages was refused", { rows: batch.length, error });
    // One row that the database chokes on must not fail the others.
    if (batch.length > 1) {
      for (const message of batch) await this.#flush([message]);
    } else {
      batch[0]?.settle({ outcome: "internal" });
      this.#parts.over(batch);
    }
  }
}

function toWriteOutcome(outcome: ChatOutcome): WriteOutcome {
  if (outcome.outcome === "stored") return outcome;
  return { outcome: outcome.outcome === "invalid" ? "bad_request" : outcome.outcome };
}
