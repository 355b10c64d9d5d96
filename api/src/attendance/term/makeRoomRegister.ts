import type { StandingVerdict } from "../correction.ts";
import type { CorrectionRow } from "../correctionStore.ts";
import type { AttendanceRule } from "../judgeAttendance.ts";
import { parseSums, type ClassSums, type SumsRow } from "./parseSums.ts";
import type { RoomRegister, StudentLine } from "./roomRegister.ts";
import type { TermClass } from "./sumStore.ts";
import { markStudent, tallyMarks } from "./tallyTerm.ts";
import type { StudentRow } from "./termStore.ts";

/** What was read of a room's term: nothing but values, so that another thread can be given it. */
export interface RoomTerm extends Pick<RoomRegister, "room" | "rule" | "isCut"> {
  readonly classes: readonly TermClass[];
  readonly sums: readonly SumsRow[];
  /** Of classes whose sums were not stored. */
  readonly fresh: ReadonlyMap<string, ClassSums>;
  readonly corrections: readonly CorrectionRow[];
  readonly students: readonly StudentRow[];
}

/** The register that follows from it: for a large school a second's work. */
export function makeRoomRegister(read: RoomTerm): RoomRegister {
  const { room, rule, isCut, classes, students } = read;
  const sums = new Map([...parseSums(read.sums), ...read.fresh]);
  const corrected = indexCorrections(read.corrections);
  return {
    room,
    rule,
    isCut,
    classes: classes.map(({ id: liveClassId, title, startedAtMs, endedAtMs }) => ({
      liveClassId,
      title,
      startedAtMs,
      endedAtMs,
    })),
    people: students.map((student) => lineOf(student, { classes, sums, corrected, rule })),
  };
}

/** Verdicts by class, then by participant. */
type Corrected = ReadonlyMap<string, ReadonlyMap<string, StandingVerdict>>;

function indexCorrections(corrections: readonly CorrectionRow[]): Corrected {
  const index = new Map<string, Map<string, StandingVerdict>>();
  for (const { liveClassId, participantId, verdict } of corrections) {
    const ofClass = index.get(liveClassId) ?? new Map<string, StandingVerdict>();
    index.set(liveClassId, ofClass.set(participantId, verdict));
  }
  return index;
}

interface Term {
  readonly classes: readonly TermClass[];
  readonly sums: ReadonlyMap<string, ClassSums>;
  readonly corrected: Corrected;
  readonly rule: AttendanceRule;
}

function lineOf(
  { participantId, name, expectedFromMs }: StudentRow,
  { classes, sums, corrected, rule }: Term,
): StudentLine {
  const marks = classes.map((one) =>
    markStudent(
      one,
      {
        sum: sums.get(one.id)?.get(participantId) ?? null,
        expectedFromMs,
        corrected: corrected.get(one.id)?.get(participantId) ?? null,
      },
      rule,
    ),
  );
  const { counts, minutes, percent } = tallyMarks(marks);
  return {
    participantId,
    name,
    verdicts: marks.map(({ verdict }) => verdict),
    minutes: marks.map((mark) => mark.minutes),
    corrected: marks.flatMap(({ isCorrected }, place) => (isCorrected ? [place] : [])),
    counts,
    minutesInAll: minutes,
    percent,
  };
}
