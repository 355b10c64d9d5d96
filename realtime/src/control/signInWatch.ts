import { closeReasons, DarasaError, type SchoolId } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Session } from "../room/room.ts";
import type { SessionRegistry } from "../session/sessionRegistry.ts";
import type { SignInState } from "./loadSignIns.ts";

/** Closes the sessions whose sign-in has ended without anybody saying so (SPEC T6). */
export interface SignInWatch {
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
  let askAgainAtMs = new WeakMap<Session, number>();
  let isAsking = false;

  const isDue = (session: Session): boolean => (askAgainAtMs.get(session) ?? 0) <= uptimeMs();

  async function ask(due: readonly Session[], known: WeakMap<Session, number>): Promise<void> {
    for (const [schoolId, ofSchool] of Map.groupBy(due, ({ identity }) => identity.schoolId)) {
      for (let first = 0; first < ofSchool.length; first += maxSessionsAtOnce) {
        const some = ofSchool.slice(first, first + maxSessionsAtOnce);
        for (const { session, holds, endsInMs } of await load(schoolId, some)) {
          if (holds) known.set(session, uptimeMs() + endsInMs);
          else session.outbox.close(closeReasons.unauthenticated);
        }
      }
    }
  }

  async function askAll(): Promise<void> {
    isAsking = true;
    let known = askAgainAtMs;
    try {
      do {
        known = askAgainAtMs;
        await ask(sessions.all().filter(isDue), known);
        // What was asked before all had to be asked again says nothing about now.
      } while (known !== askAgainAtMs);
    } catch (error) {
      if (!(error instanceof DarasaError)) log("error", "sign-ins were not read", { error });
    } finally {
      isAsking = false;
    }
  }

  const beat = (): void => {
    if (!isAsking) void askAll();
  };

  return {
    beat,
    all() {
      askAgainAtMs = new WeakMap();
      beat();
    },
  };
}
