import { recordAudit } from "@darasa/database";
import { endSignIns } from "../accounts/endAccess.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { listSignInIds } from "./store.ts";

/** Ends all of the caller's sign-ins but the one that asks. */
export async function endOtherSignIns(services: Services, caller: UserCaller): Promise<void> {
  const { schoolId, participantId: userId } = caller;
  await services.database.inSchool(schoolId, async (tx) => {
    const all = await listSignInIds(tx, userId, services.now());
    const signInIds = all.filter((signInId) => signInId !== caller.signInId);
    if (signInIds.length === 0) return;
    await endSignIns(services, tx, { schoolId, userId, signInIds });
    await recordAudit(tx, {
      actor: { participantId: userId, name: caller.name },
      action: "signIn.revoked",
      subject: { kind: "user", id: userId },
      details: { count: signInIds.length },
    });
  });
}
