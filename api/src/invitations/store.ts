import { sql, type SchoolTransaction } from "@darasa/database";
import {
  canAssignRole,
  schoolRoles,
  type ParticipantId,
  type RoomId,
  type SchoolRole,
} from "@darasa/protocol";
import * as z from "zod";

const rowSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  role: z.enum(schoolRoles),
  room: z.object({ id: z.string().transform((id) => id as RoomId), name: z.string() }).nullable(),
  maxUses: z.number(),
  used: z.number(),
  createdBy: z.string().nullable(),
  createdAtMs: z.number(),
  expiresAtMs: z.number(),
});

/** An invitation that was neither taken back nor used up; it may have expired. */
export type InvitationRow = z.infer<typeof rowSchema>;

const select = sql.fragment`
  select i.invitation_id as id, i.email, i.name, i.role,
    case when r.room_id is not null then json_build_object('id', r.room_id, 'name', r.name) end as room,
    i.max_uses as "maxUses", i.used, c.name as "createdBy", i.created_at as "createdAtMs",
    i.expires_at as "expiresAtMs"
  from invitations i
  left join rooms r on (r.school_id, r.room_id) = (i.school_id, i.room_id)
  left join users c on (c.school_id, c.user_id) = (i.school_id, i.created_by)
  where i.revoked_at is null and i.used < i.max_uses`;

/** Invitations, newest first, those older than `after`. */
export async function loadInvitations(
  tx: SchoolTransaction,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<readonly InvitationRow[]> {
  return tx.any(sql.type(rowSchema)`${select}
    and (${after ?? null}::uuid is null or (i.created_at, i.invitation_id) < (
      select l.created_at, l.invitation_id from invitations l where l.invitation_id = ${after ?? null}
    ))
    order by i.created_at desc, i.invitation_id desc
    limit ${limit}`);
}

/** One of them, locked until the transaction ends. */
export function lockInvitation(tx: SchoolTransaction, id: string): Promise<InvitationRow | null> {
  return tx.maybeOne(sql.type(rowSchema)`${select} and i.invitation_id = ${id} for update of i`);
}

/** The one that a token opens, locked: of two uses at the same time one waits for the other. */
export function lockInvitationByToken(
  tx: SchoolTransaction,
  { tokenHash, nowMs }: { readonly tokenHash: Buffer; readonly nowMs: number },
): Promise<InvitationRow | null> {
  return tx.maybeOne(sql.type(rowSchema)`${select}
    and i.token_hash = ${sql.binary(tokenHash)} and i.expires_at > ${sql.timestamp(new Date(nowMs))}
    for update of i`);
}

/** What a new invitation is made of. */
export interface NewInvitation {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: SchoolRole;
  readonly roomId: RoomId | null;
  readonly maxUses: number;
  /** Null: the operator. */
  readonly createdBy: ParticipantId | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** Stores a new invitation. */
export async function storeInvitation(tx: SchoolTransaction, made: NewInvitation): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    insert into invitations (school_id, invitation_id, token_hash, email, name, role, room_id, max_uses,
      created_by, created_at, expires_at)
    values (app_school_id(), ${made.id}, ${sql.binary(made.tokenHash)}, ${made.email}, ${made.name},
      ${made.role}, ${made.roomId}, ${made.maxUses}, ${made.createdBy},
      ${sql.timestamp(new Date(made.createdAtMs))}, ${sql.timestamp(new Date(made.expiresAtMs))})`);
}

/** Gives an invitation a new token and a new end; the old token is worth nothing. */
export async function renewInvitation(
  tx: SchoolTransaction,
  { id, tokenHash, expiresAtMs }: Pick<NewInvitation, "id" | "tokenHash" | "expiresAtMs">,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update invitations set token_hash = ${sql.binary(tokenHash)},
      expires_at = ${sql.timestamp(new Date(expiresAtMs))}
    where invitation_id = ${id}`);
}

/** What the newest word adds for somebody who is invited already. */
export async function updateInvitation(
  tx: SchoolTransaction,
  { id, name, roomId }: Pick<NewInvitation, "id" | "name" | "roomId">,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update invitations set name = coalesce(${name}, name), room_id = coalesce(${roomId}, room_id)
    where invitation_id = ${id}`);
}

/** Takes an invitation back. */
export async function storeRevocation(
  tx: SchoolTransaction,
  id: string,
  nowMs: number,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update invitations set revoked_at = ${sql.timestamp(new Date(nowMs))}
    where invitation_id = ${id} and revoked_at is null`);
}

/** Takes back what waits for an address and what somebody of that role may take back; of no role: everything. */
export async function replaceInvitations(
  tx: SchoolTransaction,
  {
    email,
    by,
    nowMs,
  }: { readonly email: string; readonly by: SchoolRole | null; readonly nowMs: number },
): Promise<void> {
  const roles = schoolRoles.filter((role) => by === null || canAssignRole(by, role));
  await tx.query(sql.typeAlias("nothing")`
    update invitations set revoked_at = ${sql.timestamp(new Date(nowMs))}
    where email = ${email} and revoked_at is null and used = 0
      and role = any(${sql.array([...roles], "text")})`);
}

/**
 * Takes back what somebody who is locked out could come in by again: their links, and their mails that make anybody
 * more than a student. Pupils whom they wrote to may still come.
 */
export async function revokeInvitationsOf(
  tx: SchoolTransaction,
  userId: ParticipantId,
  nowMs: number,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update invitations set revoked_at = ${sql.timestamp(new Date(nowMs))}
    where created_by = ${userId} and revoked_at is null and (email is null or role <> 'student')`);
}

/** True when that address is invited by mail to be something else than that. */
export function isAwaitedAsOther(
  tx: SchoolTransaction,
  {
    email,
    role,
    nowMs,
  }: { readonly email: string; readonly role: SchoolRole; readonly nowMs: number },
): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`
    select from invitations where email = ${email} and role <> ${role} and revoked_at is null and used = 0
      and expires_at > ${sql.timestamp(new Date(nowMs))}`);
}

/** Counts one use; the caller holds the lock. */
export async function countUse(tx: SchoolTransaction, id: string): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update invitations set used = used + 1 where invitation_id = ${id}`);
}
