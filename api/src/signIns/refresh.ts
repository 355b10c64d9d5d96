import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { endSignIns } from "../accounts/endAccess.ts";
import type { Services } from "../services.ts";
import { hashLinkToken, isSameHash, type LinkToken } from "../tokens/linkToken.ts";
import { renewSignIn, type IssuedSignIn } from "./openSignIn.ts";
import {
  loadRefreshToken,
  markRefreshTokenUsed,
  storeRefreshToken,
  type RefreshRow,
} from "./refreshTokenStore.ts";
import { markSignInUsed } from "./store.ts";
import { succeedRefreshToken } from "../tokens/succeedRefreshToken.ts";

/** A second use so soon is a second tab or an answer that got lost, not a thief. */
const graceMs = 10_000;

/**
 * Changes a refresh token for its successor and a new access token (RFC 9700 §4.14.2). The same token
 * again within 10 s gives the same successor; later, or when the successor is used up too, it was
 * stolen on one side or the other: the whole family ends, with what it had opened.
 * @throws DarasaError unauthenticated; rate_limited, and then the token stays good
 */
export async function refresh(services: Services, token: LinkToken | null): Promise<IssuedSignIn> {
  if (!token) throw new DarasaError("unauthenticated");
  const outcome = await services.database.inSchool(token.schoolId, (tx) =>
    rotate(services, tx, token),
  );
  if (outcome.kind === "renewed") return outcome.signIn;
  if (outcome.kind === "reused") {
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
    await services.limits.take("refresh", "subject", signInId);
    await storeRefreshToken(tx, { signInId, tokenHash: successorHash, nowMs });
    await markRefreshTokenUsed(tx, { tokenHash, successorHash, nowMs });
    await markSignInUsed(tx, signInId, nowMs);
  } else if (!isGraceful(row, successorHash, nowMs)) {
    await endStolen(services, tx, { schoolId: token.schoolId, row });
    return { kind: "reused", signInId };
  }
  const issued = { signInId, refresh: { token: successor, expiresAtMs } };
  return { kind: "renewed", signIn: await renewSignIn(services, tx, issued) };
}

/** Once: a thief who tries again and again fills no log. */
async function endStolen(
  services: Services,
  tx: SchoolTransaction,
  { schoolId, row }: { readonly schoolId: string; readonly row: RefreshRow },
): Promise<void> {
  if (row.isRevoked) return;
  const { participantId, signInId, device } = row;
  await endSignIns(services, tx, { schoolId, userId: participantId, signInIds: [signInId] });
  await recordAudit(tx, {
    actor: null,
    action: "signIn.tokenReused",
    subject: { kind: row.isGuest ? "guest" : "user", id: participantId },
    details: { signInId, device },
  });
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
