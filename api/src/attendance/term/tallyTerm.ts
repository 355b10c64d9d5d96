import type { StandingVerdict } from "../correction.ts";
import {
  judgeSum,
  type AttendanceRule,
  type AttendanceSum,
  type Verdict,
} from "../judgeAttendance.ts";

/** What a class and a student of it make of each other. */
export interface Mark {
  /** What counts; null: not expected, and never there. */
  readonly verdict: StandingVerdict | null;
  readonly computed: Verdict | null;
  /** To one decimal. */
  readonly minutes: number;
  readonly isCorrected: boolean;
}

/** How often which verdict stood. */
export type VerdictCounts = Readonly<Record<StandingVerdict, number>>;

/** A term of one student in one line. */
export interface Tally {
  readonly counts: VerdictCounts;
  /** To one decimal. */
  readonly minutes: number;
  /**
   * Of the classes in which they were expected and from which they were not excused, those to which they came: whole
   * per cent; null when there was none.
   */
  readonly percent: number | null;
}

interface Judged {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** The mark of a student with that sum, who is expected from then on; a correction outweighs what is computed. */
export function markStudent(
  { startedAtMs, endedAtMs }: Judged,
  student: {
    readonly sum: AttendanceSum | null;
    readonly expectedFromMs: number | null;
    readonly corrected: StandingVerdict | null;
  },
  rule: AttendanceRule,
): Mark {
  const { sum, expectedFromMs, corrected } = student;
  const isExpected = sum !== null || (expectedFromMs !== null && expectedFromMs < endedAtMs);
  const computed = isExpected ? judgeSum(sum, endedAtMs - startedAtMs, rule) : null;
  return {
    verdict: corrected ?? computed,
    computed,
    minutes: roundMinutes(sum?.presentMs ?? 0),
    isCorrected: corrected !== null,
  };
}

/** Adds a student's marks up. */
export function tallyMarks(marks: readonly Mark[]): Tally {
  const counts = { present: 0, late: 0, left_early: 0, absent: 0, excused: 0 };
  let minutes = 0;
  for (const mark of marks) {
    if (mark.verdict !== null) counts[mark.verdict] += 1;
    minutes += mark.minutes;
  }
  const came = counts.present + counts.late + counts.left_early;
  const expected = came + counts.absent;
  return {
    counts,
    minutes: Math.round(minutes * 10) / 10,
    percent: expected === 0 ? null : Math.round((100 * came) / expected),
  };
}

function roundMinutes(ms: number): number {
  return Math.round(ms / 6_000) / 10;
}
