import { endSignIns } from "../accounts/endAccess.ts";
import type { Services } from "../services.ts";
import { hashLinkToken, type LinkToken } from "../tokens/linkToken.ts";
import { loadRefreshToken } from "./refreshTokenStore.ts";

/** Ends the sign-in that the token belongs to, whichever of its family it is; without one nothing happens. */
export async function logout(services: Services, token: LinkToken | null): Promise<void> {
  if (!token) return;
  const { schoolId } = token;
  await services.database.inSchool(schoolId, async (tx) => {
    const row = await loadRefreshToken(tx, hashLinkToken(token));
    if (!row) return;
    await endSignIns(services, tx, {
      schoolId,
      userId: row.participantId,
      signInIds: [row.signInId],
    });
  });
}
