import { recordAudit } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { endSignIns } from "../accounts/endAccess.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { listSignInIds } from "./store.ts";

/** Ends one of the caller's own sign-ins. @throws DarasaError not_found when it is not one that holds */
export async function endSignIn(
  services: Services,
  caller: UserCaller,
  signInId: string,
): Promise<void> {
  const { schoolId, participantId: userId } = caller;
  await services.database.inSchool(schoolId, async (tx) => {
    const own = await listSignInIds(tx, userId, services.now());
    if (!own.includes(signInId)) throw new DarasaError("not_found");
    await endSignIns(services, tx, { schoolId, userId, signInIds: [signInId] });
    await recordAudit(tx, {
      actor: { participantId: userId, name: caller.name },
      action: "signIn.revoked",
      subject: { kind: "user", id: userId },
      details: { signInId },
    });
  });
}
