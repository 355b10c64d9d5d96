import type { ClassTime, Presence } from "./computeAttendance.ts";

/** What follows about somebody from when they were there. */
export const verdicts = ["present", "late", "left_early", "absent"] as const;
export type Verdict = (typeof verdicts)[number];

/** A school's rule for its registers. */
export interface AttendanceRule {
  /** Who comes later than this after the start is late. */
  readonly lateAfterMinutes: number;
  /** Who was there for a smaller part of the class was not there long enough. */
  readonly presentFromPercent: number;
}

/** As in `computeAttendance`: a reload is no absence. */
const forgivenMs = 60_000;

/** All that a verdict needs to know of somebody who came; milliseconds. */
export interface AttendanceSum {
  /** When they came first, from the start of the class. */
  readonly cameAfterMs: number;
  readonly presentMs: number;
}

/** The sum of somebody's presence in a class that started then; null when they never came. */
export function sumPresence(
  { segments }: Pick<Presence, "segments">,
  startedAtMs: number,
): AttendanceSum | null {
  const [first] = segments;
  if (!first) return null;
  const presentMs = segments.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return { cameAfterMs: first.fromMs - startedAtMs, presentMs };
}

/**
 * Two questions make the verdict: did they come in time, and did they stay long enough? Both: `present`; too late
 * but long enough: `late`; in time but not long enough: `left_early`; neither, or never there: `absent`.
 */
export function judgeSum(
  sum: AttendanceSum | null,
  lengthMs: number,
  rule: AttendanceRule,
): Verdict {
  if (sum === null) return "absent";
  const mayMissMs = Math.max(forgivenMs, lengthMs * (1 - rule.presentFromPercent / 100));
  const isInTime = sum.cameAfterMs <= rule.lateAfterMinutes * 60_000;
  const isLongEnough = lengthMs - sum.presentMs <= mayMissMs;
  if (isInTime) return isLongEnough ? "present" : "left_early";
  return isLongEnough ? "late" : "absent";
}

/** The verdict (`judgeSum`) of a class that runs as if it ended now; null when it has not started. */
export function judgeAttendance(
  presence: Pick<Presence, "segments">,
  { startedAtMs, endedAtMs }: ClassTime,
  { rule, nowMs }: { readonly rule: AttendanceRule; readonly nowMs: number },
): Verdict | null {
  if (startedAtMs === null) return null;
  const lengthMs = Math.max(0, (endedAtMs ?? nowMs) - startedAtMs);
  return judgeSum(sumPresence(presence, startedAtMs), lengthMs, rule);
}
