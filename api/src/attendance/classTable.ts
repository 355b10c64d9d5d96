import type { Table } from "../csv/table.ts";
import type { Attendee, Register } from "./register.ts";
import { verdictWords } from "./verdictWords.ts";

const header = [
  "Name",
  "Role",
  "First joined",
  "Last left",
  "Minutes",
  "Present now",
  "Verdict",
  "Computed",
  "Reason of correction",
  "Corrected by",
  "Corrected at",
];

/** The register of a class as a table, a row a person. */
export function classTable({ people }: Register): Table {
  return { name: "Register", header, rows: people.map(rowOf) };
}

function rowOf(person: Attendee): Table["rows"][number] {
  const { correction } = person;
  return [
    person.name,
    person.role,
    { atMs: person.firstJoinedAtMs },
    { atMs: person.lastLeftAtMs },
    person.minutes,
    person.present ? "yes" : "no",
    person.verdict ? verdictWords[person.verdict] : "",
    person.computed ? verdictWords[person.computed] : "",
    correction?.reason ?? "",
    correction?.by ?? "",
    { atMs: correction?.atMs ?? null },
  ];
}
