import { closeReasons, DarasaError, type SchoolId } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Session } from "../room/room.ts";
import type { SessionRegistry } from "../session/sessionRegistry.ts";
import type { SignInState } from "./loadSignIns.ts";

/** Closes the sessions whose sign-in has ended without anybody saying so (SPEC T6). */
export interface SignInWatch {
  /** Somebody has come: they are asked about at the next beat, unless their sign-in was read meanwhile. */
  came(session: Session): void;
  /** The database has just said that it holds, with the name that they came with, and for how long yet. */
  holds(session: Session, endsInMs: number): void;
  /** Asks about those that are new, and those whose sign-in should be over by now. Never throws. */
  beat(): void;
  /** Word of changes may have been missed: asks about all, as often as it takes. */
  all(): void;
}

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

/** A session is asked about soon after its hello, and then when its sign-in was said to end. */
export function createSignInWatch({ sessions, load, uptimeMs, log }: WatchParts): SignInWatch {
  /** Who has come and was not asked about yet. */
  const fresh = new Set<Session>();
  /** Who must be asked about whatever was said of them before. */
  const due = new Set<Session>();
  /** No known sign-in ends before. */
  let nextDueMs = Infinity;
  /** How often all had to be asked: what was asked before says nothing about now. */
  let rounds = 0;
  let isAsking = false;

  function noteDue(session: Session, endsInMs: number): void {
    session.signInDueMs = uptimeMs() + endsInMs;
    nextDueMs = Math.min(nextDueMs, session.signInDueMs);
  }

  function findDue(): void {
    if (nextDueMs > uptimeMs()) return;
    nextDueMs = Infinity;
    for (const session of sessions.all()) {
      if (session.signInDueMs <= uptimeMs()) due.add(session);
      else nextDueMs = Math.min(nextDueMs, session.signInDueMs);
    }
  }

  async function ask(some: readonly Session[], schoolId: SchoolId): Promise<void> {
    const round = rounds;
    const found = await load(schoolId, some);
    for (const { session, holds, endsInMs } of found) {
      if (!holds) session.outbox.close(closeReasons.unauthenticated);
      if (rounds !== round) continue;
      fresh.delete(session);
      due.delete(session);
      if (holds) noteDue(session, endsInMs);
    }
  }

  async function askAll(): Promise<void> {
    isAsking = true;
    try {
      let round;
      do {
        round = rounds;
        const open = [...new Set([...fresh, ...due])].filter((session) => session.isOpen);
        for (const [schoolId, ofSchool] of Map.groupBy(open, ({ identity }) => identity.schoolId)) {
          for (let first = 0; first < ofSchool.length; first += maxSessionsAtOnce) {
            await ask(ofSchool.slice(first, first + maxSessionsAtOnce), schoolId);
          }
        }
      } while (round !== rounds);
    } catch (error) {
      if (!(error instanceof DarasaError)) log("error", "sign-ins were not read", { error });
    } finally {
      for (const some of [fresh, due]) {
        for (const session of some) if (!session.isOpen) some.delete(session);
      }
      isAsking = false;
    }
  }

  const beat = (): void => {
    findDue();
    if (!isAsking && fresh.size + due.size > 0) void askAll();
  };

  return {
    came: (session) => void fresh.add(session),
    holds(session, endsInMs) {
      fresh.delete(session);
      noteDue(session, endsInMs);
    },
    beat,
    all() {
      rounds += 1;
      for (const session of sessions.all()) due.add(session);
      beat();
    },
  };
}
