import { recordAudit } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { proveAgain } from "../attempts/proveAgain.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { renewRecoveryCodes } from "./renewRecoveryCodes.ts";
import { confirmSecret, loadSecondFactor } from "./store.ts";
import { useTimeCode } from "./useCode.ts";

/**
 * Makes the second factor hold, once its first code shows that the authenticator works. Gives the recovery codes.
 * @throws DarasaError conflict when none was begun or it holds already; wrong_code, rate_limited
 */
export function confirmSecondFactor(
  services: Services,
  caller: UserCaller,
  code: string,
): Promise<{ recoveryCodes: string[] }> {
  const { schoolId, participantId: userId, name } = caller;
  return proveAgain(services, caller, () =>
    services.database.inSchool(schoolId, async (tx) => {
      const factor = await loadSecondFactor(tx, userId);
      if (!factor?.sealed || factor.isConfirmed) throw new DarasaError("conflict");
      const given = {
        owner: { schoolId, userId },
        sealed: factor.sealed,
        code: code.replace(/\s/g, ""),
      };
      if (!(await useTimeCode(services, tx, given))) throw new DarasaError("wrong_code");
      await confirmSecret(tx, userId, services.now());
      services.signIns.forget(caller.signInId);
      await recordAudit(tx, {
        actor: { participantId: userId, name },
        action: "user.secondFactorEnabled",
        subject: { kind: "user", id: userId },
      });
      return { recoveryCodes: await renewRecoveryCodes(services, tx, userId) };
    }),
  );
}
