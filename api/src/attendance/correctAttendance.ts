import { recordAudit } from "@darasa/database";
import { DarasaError, type LiveClassId, type ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { StandingVerdict } from "./correction.ts";
import { storeCorrection } from "./correctionStore.ts";
import { readRegister } from "./getRegister.ts";
import type { Attendee } from "./register.ts";

interface Correcting {
  readonly id: LiveClassId;
  readonly participantId: ParticipantId;
  readonly verdict: StandingVerdict | null;
  readonly reason: string;
}

/**
 * Says what really was, of somebody in the register of a class that has begun, those included who never came. What
 * was computed and said before is kept, and who said why is in the audit log. Teachers are not judged.
 * @throws DarasaError not_found, forbidden, class_not_started, bad_request for a teacher
 */
export function correctAttendance(
  services: Services,
  caller: UserCaller,
  { id, participantId, verdict, reason }: Correcting,
): Promise<Attendee> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const find = async (): Promise<Attendee> => {
      const { liveClass, people } = await readRegister(tx, caller, id);
      if (liveClass.status === "scheduled") throw new DarasaError("class_not_started");
      const person = people.find((each) => each.participantId === participantId);
      if (!person) throw new DarasaError("not_found");
      return person;
    };
    const { role } = await find();
    if (role === "teacher") {
      throw new DarasaError("bad_request", { details: { detail: "teachers are not judged" } });
    }
    await storeCorrection(
      tx,
      { liveClassId: id, participantId },
      { verdict, reason, correctedBy: caller.participantId },
    );
    await recordAudit(tx, {
      actor: caller,
      action: "attendance.corrected",
      subject: { kind: role === "guest" ? "guest" : "user", id: participantId },
      details: { liveClass: id, verdict, reason },
    });
    return find();
  });
}
