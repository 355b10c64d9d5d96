import { recordAudit } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { proveAgain, provePassword } from "../attempts/proveAgain.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { loadSecondFactor, removeSecondFactor } from "./store.ts";
import { useCode } from "./useCode.ts";

/**
 * Does without the second factor from now on.
 * @throws DarasaError wrong_credentials, wrong_code, rate_limited; conflict when there is none
 */
export function disableSecondFactor(
  services: Services,
  caller: UserCaller,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<void> {
  const { schoolId, participantId: userId, name } = caller;
  return proveAgain(services, caller, async () => {
    await provePassword(services, caller, password);
    await services.database.inSchool(schoolId, async (tx) => {
      const factor = await loadSecondFactor(tx, userId);
      if (!factor?.isConfirmed) throw new DarasaError("conflict");
      const isGood = await useCode(services, tx, { schoolId, userId, code });
      if (!isGood) throw new DarasaError("wrong_code");
      await removeSecondFactor(tx, userId);
      services.signIns.forget(caller.signInId);
      await recordAudit(tx, {
        actor: { participantId: userId, name },
        action: "user.secondFactorDisabled",
        subject: { kind: "user", id: userId },
      });
    });
  });
}
