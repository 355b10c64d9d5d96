import { closeReasons, DarasaError, type SchoolId } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Session } from "../room/room.ts";
import type { SessionRegistry } from "../session/sessionRegistry.ts";
import type { SignInState } from "./loadSignIns.ts";

interface WatchParts {
  readonly sessions: Pick<SessionRegistry, "all">;
  /** @throws DarasaError unavailable; then it is asked again at the next beat */
  readonly load: (schoolId: SchoolId, sessions: readonly Session[]) => Promise<SignInState[]>;
  /** Ms by a clock that nobody sets. */
  readonly uptimeMs: () => number;
  readonly log: Log;
}

/** A thousand rows take a few ms, and the next beat goes on. */
const maxSessionsAtOnce = 1_000;

/**
 * Closes the sessions whose sign-in has ended without anybody saying so (SPEC T6): each is asked about soon after
 * its hello, unless its sign-in was read meanwhile, and then when that was said to end.
 */
export class SignInWatch {
  readonly #parts: WatchParts;
  /** Who has come and was not asked about yet. */
  readonly #fresh = new Set<Session>();
  /** Who must be asked about whatever was said of them before. */
  readonly #due = new Set<Session>();
  /** No known sign-in ends before. */
  #nextDueMs = Infinity;
  /** How often all had to be asked: what was asked before says nothing about now. */
  #rounds = 0;
  #isAsking = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Somebody has come. */
  came(session: Session): void {
    this.#fresh.add(session);
  }

  /** The database has just said that it holds, with the name that they came with, and for how long yet. */
  holds(session: Session, endsInMs: number): void {
    this.#fresh.delete(session);
    this.#noteEnd(session, endsInMs);
  }

  /** Asks about those that are new, and those whose sign-in should be over by now. Never throws. */
  beat(): void {
    this.#findDue();
    if (!this.#isAsking && this.#fresh.size + this.#due.size > 0) void this.#askAll();
  }

  /** Word of changes may have been missed: asks about all, as often as it takes. */
  all(): void {
    this.#rounds += 1;
    for (const session of this.#parts.sessions.all()) this.#due.add(session);
    this.beat();
  }

  #noteEnd(session: Session, endsInMs: number): void {
    // A whole number takes no memory of its own beside the session.
    session.signInDueMs = Math.ceil(this.#parts.uptimeMs() + endsInMs);
    this.#nextDueMs = Math.min(this.#nextDueMs, session.signInDueMs);
  }

  #findDue(): void {
    const nowMs = this.#parts.uptimeMs();
    if (this.#nextDueMs > nowMs) return;
    this.#nextDueMs = Infinity;
    for (const session of this.#parts.sessions.all()) {
      if (session.signInDueMs <= nowMs) this.#due.add(session);
      else this.#nextDueMs = Math.min(this.#nextDueMs, session.signInDueMs);
    }
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true;
    try {
      let round;
      do {
        round = this.#rounds;
        await this.#askOpen();
      } while (round !== this.#rounds);
    } catch (error) {
      const { log } = this.#parts;
      if (!(error instanceof DarasaError)) log("error", "sign-ins were not read", { error });
    } finally {
      this.#isAsking = false;
    }
  }

  async #askOpen(): Promise<void> {
    for (const some of [this.#fresh, this.#due]) {
      for (const session of some) if (!session.isOpen) some.delete(session);
    }
    const open = new Set([...this.#fresh, ...this.#due]);
    for (const [schoolId, ofSchool] of Map.groupBy(open, ({ identity }) => identity.schoolId)) {
      for (let first = 0; first < ofSchool.length; first += maxSessionsAtOnce) {
        await this.#ask(schoolId, ofSchool.slice(first, first + maxSessionsAtOnce));
      }
    }
  }

  async #ask(schoolId: SchoolId, some: readonly Session[]): Promise<void> {
    const round = this.#rounds;
    for (const { session, holds, endsInMs } of await this.#parts.load(schoolId, some)) {
      if (!holds) session.outbox.close(closeReasons.unauthenticated);
      if (this.#rounds !== round) continue;
      this.#fresh.delete(session);
      this.#due.delete(session);
      if (holds) this.#noteEnd(session, endsInMs);
    }
  }
}
