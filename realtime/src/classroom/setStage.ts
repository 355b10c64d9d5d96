import {
  notifyControl,
  notifyControlAll,
  recordAudit,
  sql,
  stageColumns,
  stageSchema,
  type ControlMessage,
  type Database,
  type SchoolTransaction,
} from "@darasa/database";
import type { ErrorCode, LiveClassId, ParticipantId, SetStage } from "@darasa/protocol";
import * as z from "zod";
import { stillTeaches } from "../access/stillTeaches.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

type Where = Pick<
  Extract<ControlMessage, { kind: "stage" }>,
  "schoolId" | "roomId" | "liveClassId"
>;

/**
 * Changes who presents, whom all see large and what all but teachers may send, durably; all nodes and the media servers
 * hear of it when it is committed (SPEC V8). Who presents may draw for that.
 */
export function createSetStage(database: Database) {
  return async (stay: Stay, change: SetStage): Promise<Answer<Readonly<Record<string, never>>>> => {
    const { liveClass, schoolId, roomId } = stay.room;
    if (liveClass === null) return refuse("conflict");
    const where = { schoolId, roomId, liveClassId: liveClass.liveClassId };
    const refusal = await database.inSchool<ErrorCode | null>(schoolId, async (tx) => {
      if (!(await stillTeaches(tx, stay))) return "forbidden";
      const refused = await refusalOf(tx, where.liveClassId, change);
      if (refused !== null) return refused;
      await passPencil(tx, where, change.presenter);
      const stage = await store(tx, where.liveClassId, change);
      if (stage === null) return "class_ended";
      const { video, presenter, spotlight, sources } = stage;
      await recordAudit(tx, {
        actor: stay.session.identity,
        action: "liveClass.stageSet",
        subject: { kind: "liveClass", id: where.liveClassId },
        details: { video, presenter, spotlight, sources: sources.join(" ") },
      });
      await notifyControl(tx, { kind: "stage", ...where, stage });
      return null;
    });
    return refusal === null ? done : refuse(refusal);
  };
}

/** Whoever is put on the stage has been let in and not been put out. */
async function refusalOf(
  tx: SchoolTransaction,
  liveClassId: LiveClassId,
  { presenter, spotlight }: SetStage,
): Promise<ErrorCode | null> {
  const named = [...new Set([presenter, spotlight].filter((id) => id != null))];
  const found = await tx.oneFirst(sql.type(z.object({ count: z.number() }))`
    select count(*)::int as count from live_class_participants
    where live_class_id = ${liveClassId} and participant_id = any(${sql.array(named, "uuid")})
      and admitted_at is not null and removed_at is null`);
  return found === named.length ? null : "not_found";
}

function store(
  tx: SchoolTransaction,
  liveClassId: LiveClassId,
  { presenter, spotlight, sources }: SetStage,
): Promise<z.infer<typeof stageSchema> | null> {
  const kept = (id: ParticipantId | null | undefined, column: string) =>
    id === undefined ? sql.fragment`${sql.identifier([column])}` : sql.fragment`${id}::uuid`;
  const sent = sources === undefined ? null : sql.array([...sources], "text");
  return tx.maybeOne(sql.type(stageSchema)`
    update live_classes set presenter_id = ${kept(presenter, "presenter_id")},
      spotlight_id = ${kept(spotlight, "spotlight_id")}, sources = coalesce(${sent}, sources)
    where live_class_id = ${liveClassId} and status = 'live'
    returning ${stageColumns("live_classes")}`);
}

const drawerSchema = z.object({ participantId: z.string(), allowed: z.boolean() });

/** The right to draw goes from who presented to who presents. */
async function passPencil(
  tx: SchoolTransaction,
  where: Where,
  presenter: ParticipantId | null | undefined,
): Promise<void> {
  if (presenter === undefined) return;
  const changed = await tx.any(sql.type(drawerSchema)`
    update live_class_participants p set draw_allowed = p.participant_id is not distinct from ${presenter}::uuid
    from live_classes c
    where c.live_class_id = ${where.liveClassId} and p.live_class_id = c.live_class_id
      and c.presenter_id is distinct from ${presenter}::uuid
      and (p.participant_id = c.presenter_id or p.participant_id = ${presenter}::uuid)
    returning p.participant_id as "participantId", p.draw_allowed as allowed`);
  const told = changed.map((one) => ({ kind: "drawAllowed", ...where, ...one }) as const);
  await notifyControlAll(tx, told);
}
