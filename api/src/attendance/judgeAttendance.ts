import type { ClassTime, Presence } from "./computeAttendance.ts";

/** What the register says about somebody. */
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

/**
 * Two questions make the verdict: did they come in time, and did they stay long enough? Both: `present`; too late
 * but long enough: `late`; in time but not long enough: `left_early`; neither, or never there: `absent`. A class
 * that runs is judged as if it ended now. Null when it has not started.
 */
export function judgeAttendance(
  { segments }: Pick<Presence, "segments">,
  { startedAtMs, endedAtMs }: ClassTime,
  { rule, nowMs }: { readonly rule: AttendanceRule; readonly nowMs: number },
): Verdict | null {
  if (startedAtMs === null) return null;
  const [first] = segments;
  if (!first) return "absent";
  const lengthMs = Math.max(0, (endedAtMs ?? nowMs) - startedAtMs);
  const presentMs = segments.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const mayMissMs = Math.max(forgivenMs, lengthMs * (1 - rule.presentFromPercent / 100));
  const isInTime = first.fromMs - startedAtMs <= rule.lateAfterMinutes * 60_000;
  const isLongEnough = lengthMs - presentMs <= mayMissMs;
  if (isInTime) return isLongEnough ? "present" : "left_early";
  return isLongEnough ? "late" : "absent";
}
