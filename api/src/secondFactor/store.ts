import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";

const secondFactorSchema = z.object({
  /** As `sealSecret` made it. */
  sealed: z.instanceof(Buffer).nullable(),
  isConfirmed: z.boolean(),
});

/** What an account has of a second factor, or null when there is no such active account. */
export function loadSecondFactor(
  tx: SchoolTransaction,
  userId: string,
): Promise<z.infer<typeof secondFactorSchema> | null> {
  return tx.maybeOne(sql.type(secondFactorSchema)`
    select totp_secret as sealed, totp_confirmed_at is not null as "isConfirmed"
    from users where user_id = ${userId} and deactivated_at is null for no key update`);
}

/** Keeps a secret that is still to be confirmed. */
export async function storeSecret(
  tx: SchoolTransaction,
  userId: string,
  sealed: Buffer,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update users set totp_secret = ${sql.binary(sealed)}, totp_last_step = null
    where user_id = ${userId} and totp_confirmed_at is null`);
}

/** From now on signing in asks for a code. */
export async function confirmSecret(
  tx: SchoolTransaction,
  userId: string,
  nowMs: number,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update users set totp_confirmed_at = ${sql.timestamp(new Date(nowMs))} where user_id = ${userId}`);
}

/** Uses the code of a time step up. False when that one, or one of a later step, was used before. */
export async function useStep(
  tx: SchoolTransaction,
  userId: string,
  step: number,
): Promise<boolean> {
  const used = await tx.maybeOne(sql.type(z.object({ userId: z.string() }))`
    update users set totp_last_step = ${step}
    where user_id = ${userId} and (totp_last_step is null or totp_last_step < ${step})
    returning user_id as "userId"`);
  return used !== null;
}

/** Puts these recovery codes in the place of all that the account had. */
export async function replaceRecoveryCodes(
  tx: SchoolTransaction,
  userId: string,
  codeHashes: readonly Buffer[],
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`delete from recovery_codes where user_id = ${userId}`);
  const hex = codeHashes.map((hash) => hash.toString("hex"));
  await tx.query(sql.typeAlias("nothing")`
    insert into recovery_codes (school_id, user_id, code_hash)
    select app_school_id(), ${userId}, decode(code, 'hex') from unnest(${sql.array(hex, "text")}) as code`);
}

/** Uses a recovery code up. False when there is no such one, or it was used before. */
export async function useRecoveryCode(
  tx: SchoolTransaction,
  { userId, codeHash }: { readonly userId: string; readonly codeHash: Buffer },
  nowMs: number,
): Promise<boolean> {
  const used = await tx.maybeOne(sql.type(z.object({ userId: z.string() }))`
    update recovery_codes set used_at = ${sql.timestamp(new Date(nowMs))}
    where user_id = ${userId} and code_hash = ${sql.binary(codeHash)} and used_at is null
    returning user_id as "userId"`);
  return used !== null;
}

/** Takes the second factor and its recovery codes away. */
export async function removeSecondFactor(tx: SchoolTransaction, userId: string): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update users set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
    where user_id = ${userId}`);
  await tx.query(sql.typeAlias("nothing")`delete from recovery_codes where user_id = ${userId}`);
}
