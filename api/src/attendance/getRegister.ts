import type { LiveClassId } from "@darasa/protocol";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import { showLiveClass } from "../liveClasses/showLiveClass.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { computeAttendance, type Presence } from "./computeAttendance.ts";
import type { Attendee, Register } from "./register.ts";
import { loadAttendanceEvents, loadParticipants, type ParticipantRow } from "./store.ts";

const absent: Presence = { segments: [], minutes: 0, present: false };

/** Who was there and how long, as of now while the class runs. @throws DarasaError not_found, forbidden */
export async function getRegister(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<Register> {
  const { seen, participants, events } = await services.database.inSchool(
    caller.schoolId,
    async (tx) => ({
      seen: await authorizeLiveClassTeacher(tx, caller, id),
      participants: await loadParticipants(tx, id),
      events: await loadAttendanceEvents(tx, id),
    }),
  );
  const presences = computeAttendance(events, seen.row, services.now());
  return {
    liveClass: showLiveClass(seen),
    people: participants.map((person) =>
      showAttendee(person, presences.get(person.participantId) ?? absent),
    ),
  };
}

function showAttendee(person: ParticipantRow, presence: Presence): Attendee {
  const { segments, minutes, present } = presence;
  return {
    ...person,
    firstJoinedAtMs: segments[0]?.fromMs ?? null,
    lastLeftAtMs: present ? null : (segments.at(-1)?.toMs ?? null),
    minutes,
    segments: [...segments],
    present,
  };
}
