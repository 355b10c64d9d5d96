import type { Attendee } from "../api/api.ts";
import type { BadgeTone } from "../ui/Badge.tsx";

/** What the register says about somebody. */
export type Verdict = NonNullable<Attendee["verdict"]>;

/** All verdicts in the order in which they are offered. */
export const verdicts = ["present", "late", "left_early", "absent", "excused"] as const;

/** Their words. */
export const verdictKeys = {
  present: "register.verdictPresent",
  late: "register.verdictLate",
  left_early: "register.verdictLeftEarly",
  absent: "register.verdictAbsent",
  excused: "register.verdictExcused",
} as const satisfies Record<Verdict, string>;

/** Their colours, beside their words. */
export const verdictTones: Readonly<Record<Verdict, BadgeTone>> = {
  present: "success",
  late: "saffron",
  left_early: "saffron",
  absent: "danger",
  excused: "primary",
};

/** Which part of the class somebody was there for, as a sign that needs no language and no colour. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  present: "●",
  late: "◑",
  left_early: "◐",
  absent: "○",
  excused: "◇",
};
