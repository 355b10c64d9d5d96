import type { Term } from "../api/api.ts";

/** A stretch of time, epoch ms; `toMs` is not in it. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

const recentDays = 90;

/** A term by this device's clock: from the first minute of its first day to the last of its last. */
export function stretchOfTerm({ startsOn, endsOn }: Pick<Term, "startsOn" | "endsOn">): Stretch {
  const [fromMs, last] = [startOfDay(startsOn), new Date(startOfDay(endsOn))];
  last.setDate(last.getDate() + 1);
  return { fromMs, toMs: last.getTime() };
}

/** The last 90 days, today included. */
export function recentStretch(nowMs: number): Stretch {
  const next = new Date(nowMs);
  next.setHours(24, 0, 0, 0);
  const first = new Date(next);
  first.setDate(first.getDate() - recentDays);
  return { fromMs: first.getTime(), toMs: next.getTime() };
}

/** The term that runs, else the one that ended last, else none. */
export function currentTerm(terms: readonly Term[], nowMs: number): Term | undefined {
  const begun = terms
    .filter((term) => stretchOfTerm(term).fromMs <= nowMs)
    .toSorted((a, b) => b.startsOn.localeCompare(a.startsOn));
  return begun.find((term) => stretchOfTerm(term).toMs > nowMs) ?? begun[0];
}

function startOfDay(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}
