import { sql, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId, ParticipantId } from "@darasa/protocol";
import * as z from "zod";

const nothing = sql.typeAlias("nothing");

/** Somebody who is erased: an account, or a guest. */
export interface ErasedPerson {
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly email: string | null;
}

/**
 * Makes a tombstone of the account: its id stays for what refers to it; all that says who it was goes, and so do
 * its sign-ins, links, codes, places in rooms, and the invitations and mails to its address.
 */
export async function eraseAccount(
  tx: SchoolTransaction,
  { participantId: id, name, email }: ErasedPerson,
  nowMs: number,
): Promise<void> {
  const now = sql.timestamp(new Date(nowMs));
  await tx.query(nothing`
    delete from pictures where picture_id = (select picture_id from users where user_id = ${id})`);
  await tx.query(nothing`delete from sign_ins where user_id = ${id}`);
  await tx.query(nothing`delete from email_links where user_id = ${id}`);
  await tx.query(nothing`delete from recovery_codes where user_id = ${id}`);
  await tx.query(nothing`delete from room_members where user_id = ${id}`);
  await tx.query(nothing`delete from invitations where email = ${email}`);
  await tx.query(nothing`select erase_audit_addresses(${id}, ${email})`);
  // Of what was sent already, the copies that name them, too: an invitation says who invites.
  await tx.query(nothing`
    delete from mails where recipient = ${email}
      or ((sent_at is not null or failed_at is not null) and position(${name} in subject || body) > 0)`);
  await tx.query(nothing`
    update users set name = '', email = null, email_verified_at = null, password_hash = null,
      password_changed_at = null, preferences = '{}', picture_id = null, totp_secret = null,
      totp_confirmed_at = null, totp_last_step = null, language = 'en',
      deactivated_at = coalesce(deactivated_at, ${now}), erased_at = ${now}
    where user_id = ${id}`);
}

const guestSchema = z.object({ name: z.string(), roomId: z.string() });

/** A guest who was not erased, locked, and the room of their class; null when there is none of that id. */
export function lockGuest(
  tx: SchoolTransaction,
  liveClassId: LiveClassId,
  participantId: ParticipantId,
): Promise<z.infer<typeof guestSchema> | null> {
  return tx.maybeOne(sql.type(guestSchema)`
    select p.name, c.room_id as "roomId" from live_class_participants p
    join live_classes c on (c.school_id, c.live_class_id) = (p.school_id, p.live_class_id)
    where p.live_class_id = ${liveClassId} and p.participant_id = ${participantId}
      and p.role = 'guest' and p.erased_at is null
    for no key update of p`);
}

/** The guest is out of the class, without a name and without a way back. */
export async function removeErasedGuest(
  tx: SchoolTransaction,
  participantId: ParticipantId,
  nowMs: number,
): Promise<void> {
  const now = sql.timestamp(new Date(nowMs));
  await tx.query(nothing`delete from sign_ins where participant_id = ${participantId}`);
  await tx.query(nothing`
    update live_class_participants set removed_at = coalesce(removed_at, ${now})
    where participant_id = ${participantId} and role = 'guest'`);
}

/** What remains of somebody is to be erased, until nothing was found for a while. */
export async function storePendingErasure(
  tx: SchoolTransaction,
  participantId: ParticipantId,
  nowMs: number,
): Promise<void> {
  await tx.query(nothing`
    insert into pending_erasures (school_id, participant_id, asked_at)
    values (app_school_id(), ${participantId}, ${sql.timestamp(new Date(nowMs))})
    on conflict do nothing`);
}

const pendingSchema = z.object({
  participantId: z.string().transform((id) => id as ParticipantId),
  askedAtMs: z.number(),
});

/** Those whose erasure is not known to be complete. */
export async function loadPendingErasures(
  tx: SchoolTransaction,
): Promise<readonly z.infer<typeof pendingSchema>[]> {
  return tx.any(sql.type(pendingSchema)`
    select participant_id as "participantId", asked_at as "askedAtMs" from pending_erasures`);
}

/** Nothing of them is left. */
export async function deletePendingErasure(
  tx: SchoolTransaction,
  participantId: ParticipantId,
): Promise<void> {
  await tx.query(nothing`delete from pending_erasures where participant_id = ${participantId}`);
}

/** One batch of what remains of somebody. */
interface Batch {
  readonly participantId: ParticipantId;
  readonly nowMs: number;
  readonly size: number;
}

const roomSchema = z.object({ roomId: z.string(), erased: z.number() });

/** Erases some of their messages; gives the rooms that they were in, and how many. */
export async function eraseMessages(
  tx: SchoolTransaction,
  { participantId, nowMs, size }: Batch,
): Promise<readonly z.infer<typeof roomSchema>[]> {
  return tx.any(sql.type(roomSchema)`
    select room_id as "roomId", erased
    from erase_messages_of(${participantId}, ${sql.timestamp(new Date(nowMs))}, ${size})`);
}

const countSchema = z.object({ count: z.number() });

/** Takes their name from all registers; the minutes stay. Gives how many. */
export function eraseFromRegisters(
  tx: SchoolTransaction,
  { participantId, nowMs }: Batch,
): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    with erased as (
      update live_class_participants set name = '', erased_at = ${sql.timestamp(new Date(nowMs))}
      where participant_id = ${participantId} and erased_at is null
      returning 1
    )
    select count(*) from erased`);
}

/** Takes the reasons from some corrections of theirs; the verdicts stay. Gives how many. */
export function eraseCorrectionReasons(
  tx: SchoolTransaction,
  { participantId, nowMs, size }: Batch,
): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    select erase_correction_reasons(${participantId}, ${sql.timestamp(new Date(nowMs))}, ${size}) as count`);
}

/** Takes their name from some entries of the audit log, which keep the id; gives how many. */
export function eraseFromAudit(
  tx: SchoolTransaction,
  { participantId, size }: Batch,
): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    select erase_audit_names(${participantId}, ${size}) as count`);
}

/** On how many boards something may be that they drew. */
export function countDrawnBoards(
  tx: SchoolTransaction,
  participantId: ParticipantId,
): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    select count(distinct board_id) from board_authors where participant_id = ${participantId}`);
}
