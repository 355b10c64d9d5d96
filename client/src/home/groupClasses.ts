import type { LiveClass } from "../api/api.ts";

/** Live classes as a day shows them. */
export interface ClassGroups {
  readonly running: readonly LiveClass[];
  /** Those that start, run or ended on this day, in the order of their time. */
  readonly today: readonly LiveClass[];
  /** Those of the following days, the next one first. */
  readonly later: readonly LiveClass[];
}

/** Sorts live classes into what runs, what belongs to the day of `nowMs` and what is still to come. */
export function groupClasses(liveClasses: readonly LiveClass[], nowMs: number): ClassGroups {
  const dayStartMs = startOfDay(nowMs, 0);
  const dayEndMs = startOfDay(nowMs, 1);
  const sorted = [...liveClasses].sort((a, b) => classTimeMs(a) - classTimeMs(b));
  const isToday = (each: LiveClass): boolean =>
    each.status === "live" || (classTimeMs(each) >= dayStartMs && classTimeMs(each) < dayEndMs);
  return {
    running: sorted.filter((each) => each.status === "live"),
    today: sorted.filter(isToday),
    later: sorted.filter((each) => each.status === "scheduled" && classTimeMs(each) >= dayEndMs),
  };
}

/** When the class began, or is to begin (epoch ms). */
export function classTimeMs(liveClass: LiveClass): number {
  return liveClass.startedAtMs ?? liveClass.startsAtMs;
}

/** Midnight of the day that is `days` after that of `nowMs`, in the device's time zone (epoch ms). */
export function startOfDay(nowMs: number, days: number): number {
  const date = new Date(nowMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
