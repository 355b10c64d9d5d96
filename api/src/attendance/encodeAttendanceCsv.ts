import type { Attendee, Register } from "./register.ts";

/** Spreadsheets guess another encoding without it. */
const byteOrderMark = "\uFEFF";
const header = ["Name", "Role", "First joined", "Last left", "Minutes", "Present now", "Verdict"];
const verdictWords = {
  present: "present",
  late: "late",
  left_early: "left early",
  absent: "absent",
} as const;

/**
 * The register as RFC 4180: CRLF, every field quoted, UTF-8 with a byte order mark. Times are local to
 * `timeZone`. A text that a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection).
 */
export function encodeAttendanceCsv(register: Register, timeZone: string): string {
  const showTime = makeShowTime(timeZone);
  const rows = register.people.map((person) => rowOf(person, showTime));
  return byteOrderMark + [header, ...rows].map(encodeRow).join("");
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

function encodeRow(fields: readonly string[]): string {
  return `${fields.map((field) => `"${neutralize(field).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

function neutralize(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
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
