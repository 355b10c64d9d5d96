import type { Services } from "../services.ts";
import { hashRefreshToken, type RefreshToken } from "./refreshToken.ts";
import { loadRefreshToken, revokeSignIn } from "./store.ts";

/** Ends the sign-in that the token belongs to, whichever of its family it is; without one nothing happens. */
export async function logout(services: Services, token: RefreshToken | null): Promise<void> {
  if (!token) return;
  const signInId = await services.database.inSchool(token.schoolId, async (tx) => {
    const row = await loadRefreshToken(tx, hashRefreshToken(token));
    if (!row) return null;
    await revokeSignIn(tx, row.signInId, services.now());
    return row.signInId;
  });
  if (signInId !== null) services.signIns.forget(signInId);
}
