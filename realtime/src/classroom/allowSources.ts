import { notifyControl, recordAudit, sql, type Database } from "@darasa/database";
import type { AllowSources, ErrorCode } from "@darasa/protocol";
import { stillTeaches } from "../access/stillTeaches.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

/** Lets one person of the running class send just these tracks, or what the class says again; durably (SPEC V8). */
export function createAllowSources(database: Database) {
  return async (
    stay: Stay,
    { participant, sources }: AllowSources,
  ): Promise<Answer<Readonly<Record<string, never>>>> => {
    const { liveClass, schoolId, roomId } = stay.room;
    if (liveClass === null) return refuse("conflict");
    const where = { schoolId, roomId, liveClassId: liveClass.liveClassId };
    const said = { participantId: participant, sources: sources && [...sources] };
    const refusal = await database.inSchool<ErrorCode | null>(schoolId, async (tx) => {
      if (!(await stillTeaches(tx, stay))) return "forbidden";
      const { rowCount } = await tx.query(sql.typeAlias("nothing")`
        update live_class_participants
        set sources = ${said.sources === null ? null : sql.array(said.sources, "text")}
        where live_class_id = ${where.liveClassId} and participant_id = ${participant}
          and admitted_at is not null and removed_at is null`);
      if (rowCount === 0) return "not_found";
      await recordAudit(tx, {
        actor: stay.session.identity,
        action: "liveClass.sourcesAllowed",
        subject: { kind: "liveClass", id: where.liveClassId },
        details: { participantId: participant, sources: sources?.join(" ") ?? null },
      });
      await notifyControl(tx, { kind: "sourcesAllowed", ...where, ...said });
      return null;
    });
    return refusal === null ? done : refuse(refusal);
  };
}
