import { sql, type SchoolTransaction } from "@darasa/database";
import type { ParticipantId } from "@darasa/protocol";
import * as z from "zod";

const nothing = sql.typeAlias("nothing");
const at = (ms: number) => sql.timestamp(new Date(ms));
const idSchema = z.object({ id: z.string() });
const countSchema = z.object({ count: z.number() });

const rulesSchema = z.object({
  messagesDays: z.number(),
  attendanceDays: z.number(),
  boardsDays: z.number(),
  recordingsDays: z.number(),
  auditDays: z.number(),
});

/** How long a school keeps what, in days. */
export type RetentionRules = z.infer<typeof rulesSchema>;

/**
 * Makes the day's clearing of the school this caller's, and gives the school's rules; null when it ran at or after
 * `ranBeforeMs`, here or in another process.
 */
export function claimRetention(
  tx: SchoolTransaction,
  { nowMs, ranBeforeMs }: { readonly nowMs: number; readonly ranBeforeMs: number },
): Promise<RetentionRules | null> {
  return tx.maybeOne(sql.type(rulesSchema)`
    update schools set retention_ran_at = ${at(nowMs)}
    where coalesce(retention_ran_at, '-infinity') < ${at(ranBeforeMs)}
    returning keep_messages_days as "messagesDays", keep_attendance_days as "attendanceDays",
      keep_boards_days as "boardsDays", keep_recordings_days as "recordingsDays",
      keep_audit_days as "auditDays"`);
}

/** As if the clearing had run then: how one that failed is tried again before the next day. */
export async function storeRetentionRan(tx: SchoolTransaction, ranAtMs: number): Promise<void> {
  await tx.query(nothing`update schools set retention_ran_at = ${at(ranAtMs)}`);
}

const endedSchema = z.object({
  roomId: z.string(),
  userId: z.string().transform((id) => id as ParticipantId),
});

/** Takes the substitutes whose time is over out of their rooms; gives who they were. */
export async function deleteEndedSubstitutes(
  tx: SchoolTransaction,
  nowMs: number,
): Promise<readonly z.infer<typeof endedSchema>[]> {
  return tx.any(sql.type(endedSchema)`
    delete from room_members where until <= ${at(nowMs)}
    returning room_id as "roomId", user_id as "userId"`);
}

/** Rooms with messages that are not tombstones yet. */
export async function loadRoomsWithMessages(tx: SchoolTransaction): Promise<readonly string[]> {
  return tx.anyFirst(sql.type(idSchema)`
    select room_id as id from rooms where last_seq >= kept_from_seq order by room_id`);
}

/** A batch of what is older than `beforeMs`. */
export interface OldBatch {
  readonly beforeMs: number;
  readonly nowMs: number;
  readonly size: number;
}

/** Makes tombstones of the room's oldest messages; fewer than `size`: there are no more. */
export function eraseOldMessages(
  tx: SchoolTransaction,
  roomId: string,
  { beforeMs, nowMs, size }: OldBatch,
): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    select erase_messages_before(${roomId}, ${at(beforeMs)}, ${at(nowMs)}, ${size}) as count`);
}

/** Classes that ended before then and still have a register, the oldest first. */
export async function loadOldClasses(
  tx: SchoolTransaction,
  { beforeMs, size }: OldBatch,
): Promise<readonly string[]> {
  return tx.anyFirst(sql.type(idSchema)`
    select live_class_id as id from live_classes
    where attendance_removed_at is null and ended_at < ${at(beforeMs)}
    order by ended_at limit ${size}`);
}

/** Removes some of a class's register, with guests' names and what the gateways saw; 0: there is no more. */
export function deleteParticipants(
  tx: SchoolTransaction,
  liveClassId: string,
  size: number,
): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    with deleted as (
      delete from live_class_participants where live_class_id = ${liveClassId} and participant_id in (
        select participant_id from live_class_participants where live_class_id = ${liveClassId} limit ${size}
      ) returning 1
    )
    select count(*) from deleted`);
}

/** Removes some of what teachers corrected in a class; 0: there is no more. */
export function deleteCorrections(
  tx: SchoolTransaction,
  liveClassId: string,
  size: number,
): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    with deleted as (
      delete from attendance_corrections where live_class_id = ${liveClassId} and correction_id in (
        select correction_id from attendance_corrections where live_class_id = ${liveClassId} limit ${size}
      ) returning 1
    )
    select count(*) from deleted`);
}

/** The class has no register any more. */
export async function storeAttendanceRemoved(
  tx: SchoolTransaction,
  liveClassId: string,
  nowMs: number,
): Promise<void> {
  // First, because who sums the class holds it: what they store until then is removed, too.
  await tx.query(nothing`
    update live_classes set attendance_removed_at = ${at(nowMs)} where live_class_id = ${liveClassId}`);
  await tx.query(nothing`delete from attendance_sums where live_class_id = ${liveClassId}`);
}

/** Forgets some webhooks that nobody sends again, as media servers give up within a minute; 0: there is no more. */
export function deleteToldWebhooks(tx: SchoolTransaction, size: number): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    with deleted as (
      delete from webhook_events where (provider, event_id) in (
        select provider, event_id from webhook_events
        where received_at < now() - interval '1 hour' limit ${size}
      ) returning 1
    )
    select count(*) from deleted`);
}

/** Boards that nobody has changed since then. */
export async function loadOldBoards(
  tx: SchoolTransaction,
  { beforeMs, size }: OldBatch,
): Promise<readonly string[]> {
  return tx.anyFirst(sql.type(idSchema)`
    select b.board_id as id from boards b
    where b.created_at < ${at(beforeMs)} and not exists (
      select from board_updates u
      where (u.school_id, u.board_id) = (b.school_id, b.board_id) and u.created_at >= ${at(beforeMs)}
    )
    limit ${size}`);
}

/** Removes some of what was drawn on a board; 0: there is no more. */
export function deleteBoardUpdates(
  tx: SchoolTransaction,
  boardId: string,
  size: number,
): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    select delete_board_updates(${boardId}, ${size}) as count`);
}

/** Removes a board. */
export async function deleteBoard(tx: SchoolTransaction, boardId: string): Promise<void> {
  await tx.query(nothing`delete from boards where board_id = ${boardId}`);
}
