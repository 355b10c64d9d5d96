import type { SchoolRole } from "@darasa/protocol";
import type { RosterColumn } from "./roster.ts";

/** How schools write the names of the columns, in English and Swahili. */
const columnWords: Readonly<Record<RosterColumn, readonly string[]>> = {
  name: ["name", "full name", "student name", "jina", "jina kamili", "majina"],
  email: ["email", "e-mail", "mail", "email address", "e-mail address", "barua pepe", "baruapepe"],
  role: ["role", "wajibu", "jukumu", "nafasi", "cheo"],
  room: ["room", "class", "group", "chumba", "darasa", "kikundi"],
};

/** How schools write the roles. Those who run the operator's things come by no table. */
const roleWords: Readonly<Record<SchoolRole, readonly string[]>> = {
  student: ["student", "pupil", "learner", "mwanafunzi"],
  teacher: ["teacher", "mwalimu"],
  safeguarding: [
    "safeguarding",
    "safeguarding lead",
    "mlinzi wa wanafunzi",
    "mlinzi wa watoto",
    "ulinzi wa watoto",
  ],
  school_admin: [
    "school_admin",
    "school admin",
    "admin",
    "administrator",
    "msimamizi",
    "msimamizi wa shule",
  ],
  super_admin: ["super_admin"],
};

const columns = invert(columnWords);
const roles = invert(roleWords);

/** The column that a title names, or null. */
export function columnOf(title: string): RosterColumn | null {
  return columns.get(fold(title)) ?? null;
}

/** The role that a cell names, or null. */
export function roleOf(cell: string): SchoolRole | null {
  return roles.get(fold(cell)) ?? null;
}

/** Texts that people would take for the same: case, spaces and how letters are composed do not count. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

function invert<Word extends string>(
  words: Readonly<Record<Word, readonly string[]>>,
): ReadonlyMap<string, Word> {
  const entries = Object.entries(words) as [Word, readonly string[]][];
  return new Map(entries.flatMap(([word, spellings]) => spellings.map((text) => [text, word])));
}
