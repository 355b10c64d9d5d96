import { notifyControl, sql, type Database } from "@darasa/database";
import type { AllowDrawing, ErrorCode } from "@darasa/protocol";
import { stillTeaches } from "../access/stillTeaches.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

/** Lets one person of the running class draw, or takes that back; durably (SPEC P4). */
export function createAllowDrawing(database: Database) {
  return async (
    stay: Stay,
    { participant, allowed }: AllowDrawing,
  ): Promise<Answer<Readonly<Record<string, never>>>> => {
    const { liveClass, schoolId, roomId } = stay.room;
    if (liveClass === null) return refuse("conflict");
    const { liveClassId } = liveClass;
    const refusal = await database.inSchool<ErrorCode | null>(schoolId, async (tx) => {
      if (!(await stillTeaches(tx, stay))) return "forbidden";
      const { rowCount } = await tx.query(sql.typeAlias("nothing")`
        update live_class_participants set draw_allowed = ${allowed}
        where live_class_id = ${liveClassId} and participant_id = ${participant}
          and admitted_at is not null and removed_at is null`);
      if (rowCount === 0) return "not_found";
      await notifyControl(tx, {
        kind: "drawAllowed",
        schoolId,
        roomId,
        liveClassId,
        participantId: participant,
        allowed,
      });
      return null;
    });
    return refusal === null ? done : refuse(refusal);
  };
}
