import type { Cell, Table } from "../../csv/table.ts";
import { verdictWords } from "../verdictWords.ts";
import type { ReadRoomRegister } from "./getRoomRegister.ts";
import type { RoomRegister } from "./roomRegister.ts";

type Row = readonly Cell[];

const tallyHeader = [
  "Present",
  "Late",
  "Left early",
  "Absent",
  "Excused",
  "Came to %",
  "Minutes in all",
];

function tallyOf({ counts, percent, minutesInAll }: RoomRegister["people"][number]): Row {
  const { present, late, left_early: leftEarly, absent, excused } = counts;
  return [present, late, leftEarly, absent, excused, percent ?? "", minutesInAll];
}

/** A term as one long table, a row for each student and class: what other programs read. */
export function termTable({ register, corrections }: ReadRoomRegister): Table {
  const header = [
    "Name",
    "Class",
    "Started",
    "Minutes",
    "Verdict",
    "Reason of correction",
    "Corrected by",
  ];
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
          verdictWords[verdict],
          correction?.reason ?? "",
          correction?.by ?? "",
        ],
      ];
    }),
  );
  return { name: "Register", header, rows };
}

/** A term as sheets to look at: verdicts with totals, minutes, and what was corrected why. */
export function termSheets(
  read: ReadRoomRegister,
  nameOfDay: (atMs: number) => string,
): readonly Table[] {
  const { classes, people } = read.register;
  const days = classes.map(({ startedAtMs, title }) => `${nameOfDay(startedAtMs)} ${title}`);
  return [
    {
      name: "Register",
      header: ["Name", ...tallyHeader, ...days],
      rows: people.map((person) => [
        person.name,
        ...tallyOf(person),
        ...person.verdicts.map((verdict) => (verdict ? verdictWords[verdict] : "")),
      ]),
    },
    {
      name: "Minutes",
      header: ["Name", ...days],
      rows: people.map(({ name, minutes }) => [name, ...minutes]),
    },
    correctionSheet(read),
  ];
}

function correctionSheet({ register, corrections }: ReadRoomRegister): Table {
  const names = new Map(register.people.map(({ participantId, name }) => [participantId, name]));
  const classes = new Map(register.classes.map((one) => [one.liveClassId, one]));
  return {
    name: "Corrections",
    header: ["Name", "Class", "Started", "Verdict", "Reason", "Corrected by", "Corrected at"],
    rows: corrections.flatMap((row): Row[] => {
      const name = names.get(row.participantId);
      const one = classes.get(row.liveClassId);
      if (name === undefined || one === undefined) return [];
      const { verdict, reason, by, atMs } = row;
      const startedAt = { atMs: one.startedAtMs };
      return [[name, one.title, startedAt, verdictWords[verdict], reason, by, { atMs }]];
    }),
  };
}
