import type { ParticipantRole } from "@darasa/protocol";
import type { User } from "../accounts/user.ts";
import type { StandingVerdict } from "./correction.ts";

/** Languages that tables are written in: all. */
export type TableLanguage = User["language"];

/** All that stands in a table of a register and is nobody's own words. */
export interface TableWords {
  readonly verdicts: Readonly<Record<StandingVerdict, string>>;
  readonly roles: Readonly<Record<ParticipantRole, string>>;
  readonly yes: string;
  readonly no: string;
  readonly name: string;
  readonly role: string;
  readonly firstJoined: string;
  readonly lastLeft: string;
  readonly minutes: string;
  readonly minutesInAll: string;
  readonly presentNow: string;
  readonly verdict: string;
  readonly computed: string;
  readonly reason: string;
  readonly correctedBy: string;
  readonly correctedAt: string;
  readonly class: string;
  readonly started: string;
  readonly cameShare: string;
  /** Names of sheets: 31 characters at most, without []:*?/ and backslashes. */
  readonly registerSheet: string;
  readonly minutesSheet: string;
  readonly correctionsSheet: string;
  /** Names of files, without what comes after the dot. */
  readonly classFile: string;
  readonly termFile: string;
}

/** The words of the pages, where those have the same. */
export const tableWords: Readonly<Record<TableLanguage, TableWords>> = {
  en: {
    verdicts: {
      present: "present",
      late: "late",
      left_early: "left early",
      absent: "absent",
      excused: "excused",
    },
    roles: { teacher: "teacher", student: "student", guest: "guest" },
    yes: "yes",
    no: "no",
    name: "Name",
    role: "Role",
    firstJoined: "First joined",
    lastLeft: "Last left",
    minutes: "Minutes",
    minutesInAll: "Minutes in all",
    presentNow: "Present now",
    verdict: "Verdict",
    computed: "Computed",
    reason: "Reason of correction",
    correctedBy: "Corrected by",
    correctedAt: "Corrected at",
    class: "Class",
    started: "Started",
    cameShare: "Came to %",
    registerSheet: "Register",
    minutesSheet: "Minutes",
    correctionsSheet: "Corrections",
    classFile: "attendance",
    termFile: "term",
  },
  sw: {
    verdicts: {
      present: "alikuwepo",
      late: "alichelewa",
      left_early: "aliondoka mapema",
      absent: "hakuwepo",
      excused: "ana ruhusa",
    },
    roles: { teacher: "mwalimu", student: "mwanafunzi", guest: "mgeni" },
    yes: "ndiyo",
    no: "hapana",
    name: "Jina",
    role: "Nafasi",
    firstJoined: "Aliingia",
    lastLeft: "Aliondoka",
    minutes: "Dakika",
    minutesInAll: "Jumla ya dakika",
    presentNow: "Yupo sasa",
    verdict: "Tathmini",
    computed: "Iliyokokotolewa",
    reason: "Sababu ya marekebisho",
    correctedBy: "Aliyerekebisha",
    correctedAt: "Ilirekebishwa",
    class: "Kipindi",
    started: "Kilianza",
    cameShare: "Walikuja %",
    registerSheet: "Rejista",
    minutesSheet: "Dakika",
    correctionsSheet: "Marekebisho",
    classFile: "mahudhurio",
    termFile: "muhula",
  },
};
