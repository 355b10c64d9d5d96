import type { Cell, Table } from "../../csv/table.ts";
import type { CorrectionRow } from "../correctionStore.ts";
import type { TableWords } from "../tableWords.ts";
import type { RoomRegister } from "./roomRegister.ts";

/** The register of a term, and the corrections that are in it. */
export interface CorrectedRegister {
  readonly register: RoomRegister;
  readonly corrections: readonly CorrectionRow[];
}

type Row = readonly Cell[];

function tallyOf({ counts, percent, minutesInAll }: RoomRegister["people"][number]): Row {
  const { present, late, left_early: leftEarly, absent, excused } = counts;
  return [present, late, leftEarly, absent, excused, percent ?? "", minutesInAll];
}

function tallyHeader({ verdicts, cameShare, minutesInAll }: TableWords): readonly string[] {
  const { present, late, left_early: leftEarly, absent, excused } = verdicts;
  const counted = [present, late, leftEarly, absent, excused].map(capitalize);
  return [...counted, cameShare, minutesInAll];
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A term as one long table, a row for each student and class: what other programs read. */
export function termTable({ register, corrections }: CorrectedRegister, words: TableWords): Table {
  const found = new Map(
    corrections.map((row) => [`${row.participantId} ${row.liveClassId}`, row] as const),
  );
  const rows = register.people.flatMap((person) =>
    register.classes.flatMap(({ liveClassId, title, startedAtMs }, place): Row[] => {
      const verdict = person.verdicts[place];
      if (!verdict) return [];
      const correction = found.get(`${person.participantId} ${liveClassId}`);
      return [
        [
          person.name,
          title,
          { atMs: startedAtMs },
          person.minutes[place] ?? 0,
          words.verdicts[verdict],
          correction?.reason ?? "",
          correction?.by ?? "",
        ],
      ];
    }),
  );
  const { name, started, minutes, verdict, reason, correctedBy } = words;
  const header = [name, words.class, started, minutes, verdict, reason, correctedBy];
  return { name: words.registerSheet, header, rows };
}

/** A term as sheets to look at: verdicts with totals, minutes, and what was corrected why. */
export function termSheets(
  corrected: CorrectedRegister,
  words: TableWords,
  nameOfDay: (atMs: number) => string,
): readonly Table[] {
  const { classes, people } = corrected.register;
  const days = classes.map(({ startedAtMs, title }) => `${nameOfDay(startedAtMs)} ${title}`);
  return [
    {
      name: words.registerSheet,
      header: [words.name, ...tallyHeader(words), ...days],
      rows: people.map((person) => [
        person.name,
        ...tallyOf(person),
        ...person.verdicts.map((verdict) => (verdict ? words.verdicts[verdict] : "")),
      ]),
    },
    {
      name: words.minutesSheet,
      header: [words.name, ...days],
      rows: people.map(({ name, minutes }) => [name, ...minutes]),
    },
    correctionSheet(corrected, words),
  ];
}

function correctionSheet({ register, corrections }: CorrectedRegister, words: TableWords): Table {
  const names = new Map(register.people.map(({ participantId, name }) => [participantId, name]));
  const classes = new Map(register.classes.map((one) => [one.liveClassId, one]));
  const { name, started, verdict, reason, correctedBy, correctedAt } = words;
  return {
    name: words.correctionsSheet,
    header: [name, words.class, started, verdict, reason, correctedBy, correctedAt],
    rows: corrections.flatMap((row): Row[] => {
      const person = names.get(row.participantId);
      const one = classes.get(row.liveClassId);
      if (person === undefined || one === undefined) return [];
      const word = words.verdicts[row.verdict];
      const startedAt = { atMs: one.startedAtMs };
      return [[person, one.title, startedAt, word, row.reason, row.by, { atMs: row.atMs }]];
    }),
  };
}
