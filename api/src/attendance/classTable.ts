import type { Table } from "../csv/table.ts";
import type { Attendee, Register } from "./register.ts";
import type { TableWords } from "./tableWords.ts";

/** The register of a class as a table, a row a person. */
export function classTable({ people }: Register, words: TableWords): Table {
  return {
    name: words.registerSheet,
    header: [
      words.name,
      words.role,
      words.firstJoined,
      words.lastLeft,
      words.minutes,
      words.presentNow,
      words.verdict,
      words.computed,
      words.reason,
      words.correctedBy,
      words.correctedAt,
    ],
    rows: people.map((person) => rowOf(person, words)),
  };
}

function rowOf(person: Attendee, words: TableWords): Table["rows"][number] {
  const { correction } = person;
  return [
    person.name,
    words.roles[person.role],
    { atMs: person.firstJoinedAtMs },
    { atMs: person.lastLeftAtMs },
    person.minutes,
    person.present ? words.yes : words.no,
    person.verdict ? words.verdicts[person.verdict] : "",
    person.computed ? words.verdicts[person.computed] : "",
    correction?.reason ?? "",
    correction?.by ?? "",
    { atMs: correction?.atMs ?? null },
  ];
}
