import type { Services } from "../services.ts";
import { hashLinkToken, type LinkToken } from "../tokens/linkToken.ts";
import { loadRefreshToken, revokeSignIn } from "./store.ts";

/** Ends the sign-in that the token belongs to, whichever of its family it is; without one nothing happens. */
export async function logout(services: Services, token: LinkToken | null): Promise<void> {
  if (!token) return;
  const signInId = await services.database.inSchool(token.schoolId, async (tx) => {
    const row = await loadRefreshToken(tx, hashLinkToken(token));
    if (!row) return null;
    await revokeSignIn(tx, row.signInId, services.now());
    return row.signInId;
  });
  if (signInId !== null) services.signIns.forget(signInId);
}
