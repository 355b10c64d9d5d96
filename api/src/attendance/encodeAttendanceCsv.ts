import { encodeCsv } from "../csv/encodeCsv.ts";
import type { Attendee, Register } from "./register.ts";

const header = ["Name", "Role", "First joined", "Last left", "Minutes", "Present now", "Verdict"];
const verdictWords = {
  present: "present",
  late: "late",
  left_early: "left early",
  absent: "absent",
} as const;

/** The register as a table that spreadsheets open right (`encodeCsv`). Times are local to `timeZone`. */
export function encodeAttendanceCsv(register: Register, timeZone: string): string {
  const showTime = makeShowTime(timeZone);
  const rows = register.people.map((person) => rowOf(person, showTime));
  return encodeCsv([header, ...rows]);
}

type ShowTime = (atMs: number | null) => string;

function rowOf(person: Attendee, showTime: ShowTime): string[] {
  return [
    person.name,
    person.role,
    showTime(person.firstJoinedAtMs),
    showTime(person.lastLeftAtMs),
    person.minutes.toFixed(1),
    person.present ? "yes" : "no",
    person.verdict ? verdictWords[person.verdict] : "",
  ];
}

/** `2026-01-31 08:05:00`: what spreadsheets of every language read as a time. */
function makeShowTime(timeZone: string): ShowTime {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  return (atMs) => (atMs === null ? "" : format.format(atMs));
}
