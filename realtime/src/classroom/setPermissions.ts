import { notifyControl, sql, type Database } from "@darasa/database";
import type { ClassPermissions, SetPermissions } from "@darasa/protocol";
import * as z from "zod";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

const permissionsSchema = z.object({
  drawing: z.enum(["teachers", "everyone"]),
  chatLocked: z.boolean(),
});

/**
 * Changes who may draw and write in the running class, durably; all nodes hear of it when it is committed
 * (SPEC P4). From the ack on, no locked message is stored.
 */
export function createSetPermissions(database: Database) {
  return async (
    { room }: Stay,
    { drawing, chatLocked }: SetPermissions,
  ): Promise<Answer<Readonly<Record<string, never>>>> => {
    const { liveClass, schoolId, roomId } = room;
    if (liveClass === null) return refuse("conflict");
    const { liveClassId } = liveClass;
    const isChanged = await database.inSchool(schoolId, async (tx) => {
      const permissions: ClassPermissions | null = await tx.maybeOne(
        sql.type(permissionsSchema)`
          update live_classes set drawing = coalesce(${drawing ?? null}, drawing),
            chat_locked = coalesce(${chatLocked ?? null}, chat_locked)
          where live_class_id = ${liveClassId} and status = 'live'
          returning drawing, chat_locked as "chatLocked"`,
      );
      if (permissions === null) return false;
      const where = { schoolId, roomId, liveClassId };
      await notifyControl(tx, { kind: "permissions", ...where, permissions });
      return true;
    });
    return isChanged ? done : refuse("class_ended");
  };
}
