import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";
import { storeRefreshToken } from "./refreshTokenStore.ts";

/** What a new sign-in is made of; either an account's or a guest's. */
export interface NewSignIn {
  readonly signInId: string;
  readonly userId: string | null;
  readonly guest: { readonly liveClassId: string; readonly participantId: string } | null;
  readonly device: string;
  readonly tokenHash: Buffer;
  readonly nowMs: number;
  readonly expiresAtMs: number;
}

/** Stores a sign-in with its first refresh token, and forgets the person's sign-ins that are over. */
export async function storeSignIn(tx: SchoolTransaction, signIn: NewSignIn): Promise<void> {
  const now = sql.timestamp(new Date(signIn.nowMs));
  await tx.query(sql.typeAlias("nothing")`
    delete from sign_ins where user_id = ${signIn.userId} and expires_at < ${now}`);
  await tx.query(sql.typeAlias("nothing")`
    insert into sign_ins (school_id, sign_in_id, user_id, live_class_id, participant_id, device, created_at,
      last_used_at, expires_at)
    values (app_school_id(), ${signIn.signInId}, ${signIn.userId}, ${signIn.guest?.liveClassId ?? null},
      ${signIn.guest?.participantId ?? null}, ${signIn.device}, ${now}, ${now},
      ${sql.timestamp(new Date(signIn.expiresAtMs))})`);
  await storeRefreshToken(tx, signIn);
}

/** Notes that a sign-in is in use. */
export async function markSignInUsed(
  tx: SchoolTransaction,
  signInId: string,
  nowMs: number,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update sign_ins set last_used_at = ${sql.timestamp(new Date(nowMs))}
    where sign_in_id = ${signInId}`);
}

/** Ends sign-ins with their whole families of refresh tokens. */
export async function revokeSignIns(
  tx: SchoolTransaction,
  signInIds: readonly string[],
  nowMs: number,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update sign_ins set revoked_at = ${sql.timestamp(new Date(nowMs))}
    where sign_in_id = any(${sql.array(signInIds, "uuid")}) and revoked_at is null`);
}

/** The sign-ins of an account or a guest that are neither revoked nor over. */
export async function listSignInIds(
  tx: SchoolTransaction,
  participantId: string,
  nowMs: number,
): Promise<readonly string[]> {
  return tx.anyFirst(sql.type(z.object({ signInId: z.string() }))`
    select sign_in_id as "signInId" from sign_ins
    where (user_id = ${participantId} or participant_id = ${participantId}) and revoked_at is null
      and expires_at > ${sql.timestamp(new Date(nowMs))}`);
}

const signInSchema = z.object({
  id: z.string(),
  device: z.string(),
  createdAtMs: z.number(),
  lastUsedAtMs: z.number(),
});

/** A sign-in as its owner sees it. */
export type SignInRow = z.infer<typeof signInSchema>;

/** An account's sign-ins that are neither revoked nor over, the one used last first; the last 100. */
export function loadSignIns(
  tx: SchoolTransaction,
  userId: string,
  nowMs: number,
): Promise<readonly SignInRow[]> {
  return tx.any(sql.type(signInSchema)`
    select sign_in_id as id, device, created_at as "createdAtMs", last_used_at as "lastUsedAtMs"
    from sign_ins
    where user_id = ${userId} and revoked_at is null and expires_at > ${sql.timestamp(new Date(nowMs))}
    order by last_used_at desc, created_at desc, sign_in_id limit 100`);
}
