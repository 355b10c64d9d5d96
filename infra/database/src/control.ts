import { trackKinds, videoProviders } from "@darasa/protocol";
import * as z from "zod";
import { sql } from "./sql.ts";
import type { SchoolTransaction } from "./createDatabase.ts";

/** The channel of Postgres NOTIFY by which a change reaches every gateway. */
export const controlChannel = "darasa_control";

const where = { schoolId: z.uuid(), roomId: z.uuid(), liveClassId: z.uuid() };

/** What a live class looks at, what it does so through, and what all but teachers may send. */
export const stageSchema = z.object({
  video: z.enum(videoProviders),
  presenter: z.uuid().nullable(),
  spotlight: z.uuid().nullable(),
  sources: z.array(z.enum(trackKinds)),
  recording: z.object({ state: z.enum(["on", "paused"]), sinceMs: z.number() }).nullable(),
});

/** The columns of that schema, of the row of `live_classes` that a statement calls so. */
export function stageColumns(liveClass: string) {
  const of = (column: string) => sql.identifier([liveClass, column]);
  return sql.fragment`
    ${of("video_provider")} as video, ${of("presenter_id")} as presenter, ${of("spotlight_id")} as spotlight,
    ${of("sources")}, case when ${of("recording")} is not null then jsonb_build_object('state', ${of("recording")},
      'sinceMs', (extract(epoch from ${of("recording_since")}) * 1000)::float8) end as recording`;
}

/** What api and realtime tell all gateways: the contract between the two programs. */
export const controlMessageSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("permissions"),
    ...where,
    permissions: z.object({ drawing: z.enum(["teachers", "everyone"]), chatLocked: z.boolean() }),
  }),
  z.object({
    kind: z.literal("drawAllowed"),
    ...where,
    participantId: z.uuid(),
    allowed: z.boolean(),
  }),
  z.object({
    kind: z.literal("stage"),
    ...where,
    stage: stageSchema,
  }),
  z.object({
    kind: z.literal("sourcesAllowed"),
    ...where,
    participantId: z.uuid(),
    /** Null: as the class says. */
    sources: stageSchema.shape.sources.nullable(),
  }),
  /** A teacher switched off what they send; null: of all but teachers. Nothing of it is stored. */
  z.object({
    kind: z.literal("trackMuted"),
    ...where,
    participantId: z.uuid().nullable(),
    track: z.enum(trackKinds),
  }),
  z.object({ kind: z.literal("participantRemoved"), ...where, participantId: z.uuid() }),
  z.object({ kind: z.literal("liveClassStarted"), ...where }),
  z.object({
    kind: z.literal("liveClassEnded"),
    ...where,
    reason: z.enum(["teacher", "no_teacher"]),
  }),
  z.object({ kind: z.literal("waitingRoomChanged"), ...where }),
  /** What this person has said in the room is erased: only the places of their messages are left. */
  z.object({
    kind: z.literal("messagesErased"),
    schoolId: z.uuid(),
    roomId: z.uuid(),
    senderId: z.uuid(),
  }),
  /** What this person has drawn, on any board of the school, is to be taken away. Said until it is done. */
  z.object({ kind: z.literal("drawingsErased"), schoolId: z.uuid(), participantId: z.uuid() }),
  z.object({
    kind: z.literal("accessChanged"),
    schoolId: z.uuid(),
    participantId: z.uuid(),
    /** The sign-ins that ended; null when what all of the person's connections may do has changed. */
    signInIds: z.array(z.uuid()).max(100).nullable(),
    /** Epoch ms of the change, by the clock that tickets are dated with: older ones open nothing any more. */
    atMs: z.number(),
  }),
]);

export type ControlMessage = z.infer<typeof controlMessageSchema>;

/**
 * Tells all gateways when the transaction commits, and nobody when it does not. Call it after the change
 * that it tells of, in the same transaction.
 */
export async function notifyControl(tx: SchoolTransaction, message: ControlMessage): Promise<void> {
  await notifyControlAll(tx, [message]);
}

/** The same with many messages, in one statement. */
export async function notifyControlAll(
  tx: SchoolTransaction,
  messages: readonly ControlMessage[],
): Promise<void> {
  const texts = messages.map((message) => JSON.stringify(controlMessageSchema.parse(message)));
  await tx.query(sql.typeAlias("nothing")`
    select pg_notify(${controlChannel}, text) from unnest(${sql.array(texts, "text")}) as text`);
}
