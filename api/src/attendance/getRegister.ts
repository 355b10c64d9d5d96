import type { SchoolTransaction } from "@darasa/database";
import type { LiveClassId } from "@darasa/protocol";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import { showLiveClass } from "../liveClasses/showLiveClass.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { computeAttendance, type Presence } from "./computeAttendance.ts";
import { loadCorrections, showCorrection } from "./correctionStore.ts";
import { judgeAttendance } from "./judgeAttendance.ts";
import { readDatabaseTime } from "./readDatabaseTime.ts";
import type { Attendee, Register } from "./register.ts";
import {
  isRegisterRemoved,
  loadAttendanceEvents,
  loadAttendanceRule,
  loadExpected,
  loadParticipants,
  type ParticipantRow,
} from "./store.ts";

/** Within a role those who were let in come first, each by name. */
const roleOrder = { teacher: 0, student: 1, guest: 2 } as const;
const absent: Presence = { segments: [], minutes: 0, present: false };

/**
 * Who was there and how long, as of now while the class runs, and which members never came.
 * @throws DarasaError not_found, forbidden
 */
export function getRegister(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<Register> {
  return services.database.inSchool(caller.schoolId, (tx) => readRegister(tx, caller, id));
}

/** The same within a transaction. @throws DarasaError not_found, forbidden */
export async function readRegister(
  tx: SchoolTransaction,
  caller: UserCaller,
  id: LiveClassId,
): Promise<Register> {
  const seen = await authorizeLiveClassTeacher(tx, caller, id);
  const people = [...(await loadParticipants(tx, id)), ...(await loadExpected(tx, id))].toSorted(
    (a, b) => roleOrder[a.role] - roleOrder[b.role],
  );
  const events = await loadAttendanceEvents(tx, id);
  const nowMs = await readDatabaseTime(tx);
  const presences = computeAttendance(events, seen.row, nowMs);
  const rows = await loadCorrections(tx, [id]);
  const corrections = new Map(rows.map((row) => [row.participantId, showCorrection(row)]));
  const rule = await loadAttendanceRule(tx);
  return {
    liveClass: showLiveClass(seen),
    rule,
    isRemoved: await isRegisterRemoved(tx, id),
    people: people.map((person) => {
      const presence = presences.get(person.participantId) ?? absent;
      const isJudged = person.role !== "teacher";
      const computed = isJudged ? judgeAttendance(presence, seen.row, { rule, nowMs }) : null;
      const correction = corrections.get(person.participantId) ?? null;
      return {
        ...showAttendee(person, presence),
        verdict: correction?.verdict ?? computed,
        computed,
        correction,
      };
    }),
  };
}

function showAttendee(
  person: ParticipantRow,
  { segments, minutes, present }: Presence,
): Omit<Attendee, "verdict" | "computed" | "correction"> {
  return {
    ...person,
    firstJoinedAtMs: segments[0]?.fromMs ?? null,
    lastLeftAtMs: present ? null : (segments.at(-1)?.toMs ?? null),
    minutes,
    segments: [...segments],
    present,
  };
}
