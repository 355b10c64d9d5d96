import type { LiveClassId } from "@darasa/protocol";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import { showLiveClass } from "../liveClasses/showLiveClass.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { computeAttendance, type Presence } from "./computeAttendance.ts";
import { judgeAttendance, type Verdict } from "./judgeAttendance.ts";
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
export async function getRegister(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<Register> {
  const { seen, people, events, rule, isRemoved } = await services.database.inSchool(
    caller.schoolId,
    async (tx) => ({
      seen: await authorizeLiveClassTeacher(tx, caller, id),
      people: [...(await loadParticipants(tx, id)), ...(await loadExpected(tx, id))].toSorted(
        (a, b) => roleOrder[a.role] - roleOrder[b.role],
      ),
      events: await loadAttendanceEvents(tx, id),
      rule: await loadAttendanceRule(tx),
      isRemoved: await isRegisterRemoved(tx, id),
    }),
  );
  const nowMs = services.now();
  const presences = computeAttendance(events, seen.row, nowMs);
  return {
    liveClass: showLiveClass(seen),
    rule,
    isRemoved,
    people: people.map((person) => {
      const presence = presences.get(person.participantId) ?? absent;
      const isJudged = person.role !== "teacher";
      const verdict = isJudged ? judgeAttendance(presence, seen.row, { rule, nowMs }) : null;
      return showAttendee(person, presence, verdict);
    }),
  };
}

function showAttendee(
  person: ParticipantRow,
  presence: Presence,
  verdict: Verdict | null,
): Attendee {
  const { segments, minutes, present } = presence;
  return {
    ...person,
    firstJoinedAtMs: segments[0]?.fromMs ?? null,
    lastLeftAtMs: present ? null : (segments.at(-1)?.toMs ?? null),
    minutes,
    segments: [...segments],
    present,
    verdict,
  };
}
