import type { StandingVerdict } from "./correction.ts";

/** Verdicts as tables say them. */
export const verdictWords = {
  present: "present",
  late: "late",
  left_early: "left early",
  absent: "absent",
  excused: "excused",
} as const satisfies Record<StandingVerdict, string>;
