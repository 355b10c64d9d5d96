import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, type SchoolId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { accessTokenLifetimeSeconds, signAccessToken } from "../tokens/accessToken.ts";
import type { IssuedRefresh } from "./refreshCookie.ts";
import { hashLinkToken, makeLinkToken } from "../tokens/linkToken.ts";
import { loadUser } from "../accounts/loadUser.ts";
import { storeSignIn } from "./store.ts";
import type { SignedIn } from "../accounts/user.ts";

const hourMs = 60 * 60 * 1000;
const userLifetimeMs = 30 * 24 * hourMs;
const guestLifetimeMs = 24 * hourMs;

/** A sign-in as the client gets it: the answer's body, and what goes into the cookie. */
export interface IssuedSignIn {
  readonly signedIn: SignedIn;
  readonly refresh: IssuedRefresh;
}

/** Whose sign-in it is. */
export type SignInOwner =
  | { readonly userId: string }
  | { readonly guest: { readonly liveClassId: string; readonly participantId: string } };

interface Opening {
  readonly schoolId: SchoolId;
  readonly owner: SignInOwner;
  /** In short words, as `describeDevice` gives them. */
  readonly device?: string;
}

/**
 * Turns a proven identity into a sign-in on one device, stored in the transaction, with its first tokens. This is
 * the one door: whatever proves who somebody is (a password, an invitation, a class code, the demo link, another
 * system that vouches for them) ends here, and whoever comes in can be shown the door by `endSignIns`.
 * @throws DarasaError unauthenticated when the account is closed or the school suspended
 */
export async function openSignIn(
  services: Services,
  tx: SchoolTransaction,
  opening: Opening,
): Promise<IssuedSignIn> {
  const nowMs = services.now();
  const isGuest = "guest" in opening.owner;
  const token = makeLinkToken(opening.schoolId, services.randomBytes);
  const signInId = services.newId();
  const expiresAtMs = nowMs + (isGuest ? guestLifetimeMs : userLifetimeMs);
  await storeSignIn(tx, {
    signInId,
    userId: "userId" in opening.owner ? opening.owner.userId : null,
    guest: "guest" in opening.owner ? opening.owner.guest : null,
    device: opening.device ?? "",
    tokenHash: hashLinkToken(token),
    nowMs,
    expiresAtMs,
  });
  return renewSignIn(services, tx, { signInId, refresh: { token, expiresAtMs } });
}

/**
 * A fresh access token for a stored sign-in, beside the refresh token that is given.
 * @throws DarasaError unauthenticated when the sign-in is revoked or over, or the account is closed
 */
export async function renewSignIn(
  services: Services,
  tx: SchoolTransaction,
  { signInId, refresh }: { readonly signInId: string; readonly refresh: IssuedRefresh },
): Promise<IssuedSignIn> {
  const nowMs = services.now();
  const user = await loadUser(tx, signInId, nowMs);
  if (!user) throw new DarasaError("unauthenticated");
  const accessToken = await signAccessToken(services.keys, { user, signInId }, nowMs);
  return {
    signedIn: { accessToken, expiresInSeconds: accessTokenLifetimeSeconds, user },
    refresh,
  };
}
