import type { SessionId, Signal } from "@darasa/protocol";

/**
 * Signals of sessions that are not known yet: a signal goes straight to its receiver, while `meshJoined`
 * is gathered with other events of the room and may come after it.
 */
export interface EarlySignals {
  readonly keep: (from: SessionId, signal: Signal) => void;
  /** What was kept of that session, in order; it is forgotten by this. */
  readonly take: (from: SessionId) => readonly Signal[];
  readonly clear: () => void;
}

/** An offer and its candidates are at most this many. */
const maxPerSession = 64;

/** Keeps at most that many sessions' signals; of more, the oldest is forgotten. */
export function createEarlySignals(maxSessions: number): EarlySignals {
  const kept = new Map<SessionId, Signal[]>();
  return {
    keep: (from, signal) => {
      const signals = kept.get(from) ?? [];
      if (signals.length < maxPerSession) signals.push(signal);
      kept.set(from, signals);
      const [oldest] = kept.keys();
      if (kept.size > maxSessions && oldest !== undefined) kept.delete(oldest);
    },
    take: (from) => {
      const signals = kept.get(from) ?? [];
      kept.delete(from);
      return signals;
    },
    clear: () => kept.clear(),
  };
}
