import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";

interface NewRefreshToken {
  readonly signInId: string;
  readonly tokenHash: Buffer;
  readonly nowMs: number;
}

/** Adds a refresh token to a sign-in. */
export async function storeRefreshToken(
  tx: SchoolTransaction,
  token: NewRefreshToken,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    insert into refresh_tokens (school_id, token_hash, sign_in_id, created_at)
    values (app_school_id(), ${sql.binary(token.tokenHash)}, ${token.signInId},
      ${sql.timestamp(new Date(token.nowMs))})`);
}

const refreshRowSchema = z.object({
  signInId: z.string(),
  /** Whose: the account's id, or a guest's own. */
  participantId: z.string(),
  isGuest: z.boolean(),
  device: z.string(),
  isRevoked: z.boolean(),
  expiresAtMs: z.number(),
  usedAtMs: z.number().nullable(),
  successorHash: z.instanceof(Buffer).nullable(),
  /** The successor has itself been used: the token's grandchildren are out. */
  successorUsed: z.boolean(),
});

/** A refresh token's row with what became of it. */
export type RefreshRow = z.infer<typeof refreshRowSchema>;

/** The row of a token, locked: of two uses at the same time one waits for the other. */
export function loadRefreshToken(
  tx: SchoolTransaction,
  tokenHash: Buffer,
): Promise<RefreshRow | null> {
  return tx.maybeOne(sql.type(refreshRowSchema)`
    select t.sign_in_id as "signInId", coalesce(s.user_id, s.participant_id) as "participantId",
      s.user_id is null as "isGuest", s.device, s.revoked_at is not null as "isRevoked",
      s.expires_at as "expiresAtMs", t.used_at as "usedAtMs",
      t.successor_hash as "successorHash", exists (
        select from refresh_tokens n
        where n.token_hash = t.successor_hash and n.used_at is not null
      ) as "successorUsed"
    from refresh_tokens t
    join sign_ins s on (s.school_id, s.sign_in_id) = (t.school_id, t.sign_in_id)
    where t.token_hash = ${sql.binary(tokenHash)}
    for update of t`);
}

interface Rotation {
  readonly tokenHash: Buffer;
  readonly successorHash: Buffer;
  readonly nowMs: number;
}

/** Notes that a token was used and which one took its place. */
export async function markRefreshTokenUsed(
  tx: SchoolTransaction,
  rotation: Rotation,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update refresh_tokens set used_at = ${sql.timestamp(new Date(rotation.nowMs))},
      successor_hash = ${sql.binary(rotation.successorHash)}
    where token_hash = ${sql.binary(rotation.tokenHash)}`);
}
