import type { SchoolTransaction } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { renewSignIn, type IssuedSignIn } from "./openSignIn.ts";
import { hashLinkToken, isSameHash, type LinkToken } from "../tokens/linkToken.ts";
import { succeedRefreshToken } from "./succeedRefreshToken.ts";
import {
  loadRefreshToken,
  markRefreshTokenUsed,
  revokeSignIn,
  storeRefreshToken,
  type RefreshRow,
} from "./store.ts";

/** A second use so soon is a second tab or an answer that got lost, not a thief. */
const graceMs = 10_000;

/**
 * Changes a refresh token for its successor and a new access token (RFC 9700 §4.14.2). The same token
 * again within 10 s gives the same successor; later, or when the successor is used up too, it was
 * stolen on one side or the other: the whole family ends.
 * @throws DarasaError unauthenticated
 */
export async function refresh(services: Services, token: LinkToken | null): Promise<IssuedSignIn> {
  if (!token) throw new DarasaError("unauthenticated");
  const outcome = await services.database.inSchool(token.schoolId, (tx) =>
    rotate(services, tx, token),
  );
  if (outcome.kind === "renewed") return outcome.signIn;
  if (outcome.kind === "reused") {
    services.signIns.forget(outcome.signInId);
    services.log("warn", "a refresh token was used again: its sign-in is revoked", {
      signInId: outcome.signInId,
    });
  }
  throw new DarasaError("unauthenticated");
}

/** Refusals are values here: throwing would roll the revocation back. */
type Outcome =
  | { readonly kind: "renewed"; readonly signIn: IssuedSignIn }
  | { readonly kind: "reused"; readonly signInId: string }
  | { readonly kind: "unknown" };

async function rotate(
  services: Services,
  tx: SchoolTransaction,
  token: LinkToken,
): Promise<Outcome> {
  const nowMs = services.now();
  const tokenHash = hashLinkToken(token);
  const row = await loadRefreshToken(tx, tokenHash);
  if (!row) return { kind: "unknown" };
  const { signInId, expiresAtMs } = row;
  const successor = succeedRefreshToken(services.keys, token);
  const successorHash = hashLinkToken(successor);

  if (row.usedAtMs === null) {
    await storeRefreshToken(tx, { signInId, tokenHash: successorHash, nowMs });
    await markRefreshTokenUsed(tx, { tokenHash, successorHash, nowMs });
  } else if (!isGraceful(row, successorHash, nowMs)) {
    await revokeSignIn(tx, signInId, nowMs);
    return { kind: "reused", signInId };
  }
  const issued = { signInId, refresh: { token: successor, expiresAtMs } };
  return { kind: "renewed", signIn: await renewSignIn(services, tx, issued) };
}

function isGraceful(row: RefreshRow, successorHash: Buffer, nowMs: number): boolean {
  return (
    row.usedAtMs !== null &&
    nowMs - row.usedAtMs <= graceMs &&
    !row.successorUsed &&
    row.successorHash !== null &&
    isSameHash(row.successorHash, successorHash)
  );
}
