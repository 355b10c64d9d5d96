import {
  notifyControl,
  recordAudit,
  sql,
  takeOffStage,
  type Database,
  type SchoolTransaction,
} from "@darasa/database";
import {
  participantRoles,
  type ErrorCode,
  type LiveClassId,
  type ParticipantId,
  type RemoveParticipant,
} from "@darasa/protocol";
import * as z from "zod";
import { stillTeaches } from "../access/stillTeaches.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

/** Puts a person out of the running class, for good; teachers cannot be put out (SPEC P6). */
export function createRemoveParticipant(database: Database) {
  return async (
    stay: Stay,
    { participant }: RemoveParticipant,
  ): Promise<Answer<Readonly<Record<string, never>>>> => {
    const { liveClass, schoolId, roomId } = stay.room;
    if (liveClass === null) return refuse("conflict");
    const { liveClassId } = liveClass;
    const refusal = await database.inSchool<ErrorCode | null>(schoolId, async (tx) => {
      if (!(await stillTeaches(tx, stay))) return "forbidden";
      const role = await remove(tx, liveClassId, participant);
      if (role === "not_found" || role === "forbidden") return role;
      await recordAudit(tx, {
        actor: stay.session.identity,
        action: "liveClass.participantRemoved",
        subject: { kind: role === "guest" ? "guest" : "user", id: participant },
        details: { liveClassId },
      });
      const where = { schoolId, roomId, liveClassId };
      await notifyControl(tx, {
        kind: "participantRemoved",
        ...where,
        participantId: participant,
      });
      await takeOffStage(tx, where, participant);
      return null;
    });
    return refusal === null ? done : refuse(refusal);
  };
}

/** The role of whom it put out, or why it did not. */
async function remove(
  tx: SchoolTransaction,
  liveClassId: LiveClassId,
  participant: ParticipantId,
): Promise<"student" | "guest" | "not_found" | "forbidden"> {
  const role = await tx.maybeOneFirst(sql.type(z.object({ role: z.enum(participantRoles) }))`
    select role from live_class_participants
    where live_class_id = ${liveClassId} and participant_id = ${participant}
      and admitted_at is not null for update`);
  if (role === null) return "not_found";
  if (role === "teacher") return "forbidden";
  await tx.query(sql.typeAlias("nothing")`
    update live_class_participants set removed_at = coalesce(removed_at, now()), draw_allowed = false
    where live_class_id = ${liveClassId} and participant_id = ${participant}`);
  return role;
}
