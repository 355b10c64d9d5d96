import type { RoomId } from "@darasa/protocol";
import { authorizeRoomTeacher } from "../../rooms/authorizeRoom.ts";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import type { StandingVerdict } from "../correction.ts";
import { loadCorrections, type CorrectionRow } from "../correctionStore.ts";
import type { AttendanceRule } from "../judgeAttendance.ts";
import { loadAttendanceRule } from "../store.ts";
import { loadTerm } from "./loadTerm.ts";
import type { RoomRegister, StudentLine } from "./roomRegister.ts";
import { loadSums, type ClassSums, type Stretch, type TermClass } from "./sumStore.ts";
import { markStudent, tallyMarks } from "./tallyTerm.ts";
import { loadStudents, type StudentRow } from "./termStore.ts";

/** The register of a term with the corrections that are in it. */
export interface ReadRoomRegister {
  readonly register: RoomRegister;
  readonly corrections: readonly CorrectionRow[];
}

/**
 * Who was in which class of the room: for its teachers.
 * @throws DarasaError not_found, forbidden
 */
export async function getRoomRegister(
  services: Services,
  caller: UserCaller,
  { roomId, ...stretch }: Stretch & { readonly roomId: RoomId },
): Promise<ReadRoomRegister> {
  const term = await loadTerm(services, caller, {
    ...stretch,
    roomId,
    authorize: (tx) => authorizeRoomTeacher(tx, caller, roomId),
  });
  const ids = term.classes.map(({ id }) => id);
  const loaded = await services.database.inSchool(caller.schoolId, async (tx) => {
    const room = await authorizeRoomTeacher(tx, caller, roomId);
    const sums = new Map([...(await loadSums(tx, ids)), ...term.fresh]);
    const came = new Set([...sums.values()].flatMap((ofClass) => [...ofClass.keys()]));
    const corrections = await loadCorrections(tx, ids);
    const students = await loadStudents(tx, roomId, [...came]);
    return { room, sums, corrections, students, rule: await loadAttendanceRule(tx) };
  });
  const { room, corrections, students, rule } = loaded;
  const corrected = indexCorrections(corrections);
  return {
    corrections,
    register: {
      room: { id: room.id, name: room.name },
      rule,
      isCut: term.isCut,
      classes: term.classes.map(({ id: liveClassId, title, startedAtMs, endedAtMs }) => ({
        liveClassId,
        title,
        startedAtMs,
        endedAtMs,
      })),
      people: students.map((student) =>
        lineOf(student, { classes: term.classes, sums: loaded.sums, corrected, rule }),
      ),
    },
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
