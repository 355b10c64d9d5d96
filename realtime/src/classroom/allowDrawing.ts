import { notifyControl, sql, type Database } from "@darasa/database";
import type { AllowDrawing } from "@darasa/protocol";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

/** Lets one person of the running class draw, or takes that back; durably (SPEC P4). */
export function createAllowDrawing(database: Database) {
  return async (
    { room }: Stay,
    { participant, allowed }: AllowDrawing,
  ): Promise<Answer<Readonly<Record<string, never>>>> => {
    const { liveClass, schoolId, roomId } = room;
    if (liveClass === null) return refuse("conflict");
    const { liveClassId } = liveClass;
    const isFound = await database.inSchool(schoolId, async (tx) => {
      const { rowCount } = await tx.query(sql.typeAlias("nothing")`
        update live_class_participants set draw_allowed = ${allowed}
        where live_class_id = ${liveClassId} and participant_id = ${participant} and removed_at is null`);
      if (rowCount === 0) return false;
      await notifyControl(tx, {
        kind: "drawAllowed",
        schoolId,
        roomId,
        liveClassId,
        participantId: participant,
        allowed,
      });
      return true;
    });
    return isFound ? done : refuse("not_found");
  };
}
