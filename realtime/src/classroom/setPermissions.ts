import { notifyControl, recordAudit, sql, type Database } from "@darasa/database";
import type { ClassPermissions, ErrorCode, SetPermissions } from "@darasa/protocol";
import * as z from "zod";
import { stillTeaches } from "../access/stillTeaches.ts";
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
    stay: Stay,
    { drawing, chatLocked }: SetPermissions,
  ): Promise<Answer<Readonly<Record<string, never>>>> => {
    const { liveClass, schoolId, roomId } = stay.room;
    if (liveClass === null) return refuse("conflict");
    const { liveClassId } = liveClass;
    const refusal = await database.inSchool<ErrorCode | null>(schoolId, async (tx) => {
      if (!(await stillTeaches(tx, stay))) return "forbidden";
      const permissions: ClassPermissions | null = await tx.maybeOne(
        sql.type(permissionsSchema)`
          update live_classes set drawing = coalesce(${drawing ?? null}, drawing),
            chat_locked = coalesce(${chatLocked ?? null}, chat_locked)
          where live_class_id = ${liveClassId} and status = 'live'
          returning drawing, chat_locked as "chatLocked"`,
      );
      if (permissions === null) return "class_ended";
      await recordAudit(tx, {
        actor: stay.session.identity,
        action: "liveClass.permissionsSet",
        subject: { kind: "liveClass", id: liveClassId },
        details: { ...permissions },
      });
      const where = { schoolId, roomId, liveClassId };
      await notifyControl(tx, { kind: "permissions", ...where, permissions });
      return null;
    });
    return refusal === null ? done : refuse(refusal);
  };
}
