import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, type ParticipantId, type RoomId } from "@darasa/protocol";
import { authorizeRoom } from "../../rooms/authorizeRoom.ts";
import type { RoomRow } from "../../rooms/store.ts";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import type { Correction } from "../correction.ts";
import { loadCorrections, showCorrection } from "../correctionStore.ts";
import { loadAttendanceRule } from "../store.ts";
import { loadTerm } from "./loadTerm.ts";
import type { StudentRegister } from "./roomRegister.ts";
import { loadOwnSums, type Stretch, type TermClass } from "./sumStore.ts";
import { markStudent, tallyMarks, type Mark } from "./tallyTerm.ts";
import { loadStudent } from "./termStore.ts";

/**
 * One student's classes in the room: for its teachers, and for students their own.
 * @throws DarasaError not_found, forbidden
 */
export async function getStudentRegister(
  services: Services,
  caller: UserCaller,
  {
    roomId,
    participantId,
    ...stretch
  }: Stretch & { readonly roomId: RoomId; readonly participantId: ParticipantId },
): Promise<StudentRegister> {
  const authorize = (tx: SchoolTransaction) =>
    authorizeReading(tx, caller, { roomId, participantId });
  const term = await loadTerm(services, caller, { ...stretch, roomId, authorize });
  const ids = term.classes.map(({ id }) => id);
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const room = await authorize(tx);
    const student = await loadStudent(tx, roomId, participantId);
    if (!student) throw new DarasaError("not_found");
    const sums = new Map([...(await loadOwnSums(tx, ids, participantId)), ...term.fresh]);
    const rows = await loadCorrections(tx, ids, participantId);
    const corrections = new Map(rows.map((row) => [row.liveClassId, showCorrection(row)]));
    const rule = await loadAttendanceRule(tx);
    const classes = term.classes.map((one) => {
      const sum = sums.get(one.id)?.get(participantId) ?? null;
      const correction = corrections.get(one.id) ?? null;
      const corrected = correction?.verdict ?? null;
      const { expectedFromMs } = student;
      return { one, mark: markStudent(one, { sum, expectedFromMs, corrected }, rule), correction };
    });
    const { counts, minutes: minutesInAll, percent } = tallyMarks(classes.map(({ mark }) => mark));
    return {
      room: { id: room.id, name: room.name },
      rule,
      isCut: term.isCut,
      participantId,
      name: student.name,
      classes: classes.map(showClass),
      counts,
      minutesInAll,
      percent,
    };
  });
}

interface MarkedClass {
  readonly one: TermClass;
  readonly mark: Mark;
  readonly correction: Correction | null;
}

function showClass({ one, mark, correction }: MarkedClass): StudentRegister["classes"][number] {
  const { id: liveClassId, title, startedAtMs, endedAtMs } = one;
  const { verdict, computed, minutes } = mark;
  return { liveClassId, title, startedAtMs, endedAtMs, verdict, computed, minutes, correction };
}

/** Students read what is about themselves, teachers all of it. */
async function authorizeReading(
  tx: SchoolTransaction,
  caller: UserCaller,
  { roomId, participantId }: { readonly roomId: RoomId; readonly participantId: ParticipantId },
): Promise<RoomRow> {
  const room = await authorizeRoom(tx, caller, roomId);
  if (room.role !== "teacher" && caller.participantId !== participantId) {
    throw new DarasaError("forbidden");
  }
  return room;
}
