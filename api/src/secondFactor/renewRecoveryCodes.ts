import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { proveAgain } from "../attempts/proveAgain.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { hashRecoveryCode, makeRecoveryCodes } from "./recoveryCodes.ts";
import { loadSecondFactor, replaceRecoveryCodes } from "./store.ts";
import { useCode } from "./useCode.ts";

/** New recovery codes in the place of all others, as the person is shown them this one time. */
export async function renewRecoveryCodes(
  services: Pick<Services, "keys" | "randomBytes">,
  tx: SchoolTransaction,
  userId: string,
): Promise<string[]> {
  const codes = makeRecoveryCodes(services.randomBytes);
  const hashes = codes.map((code) => hashRecoveryCode(services.keys.recoveryCodes, code));
  await replaceRecoveryCodes(tx, userId, hashes);
  return codes;
}

/**
 * The same for a caller who shows a code.
 * @throws DarasaError conflict without a second factor; wrong_code, rate_limited
 */
export function askForRecoveryCodes(
  services: Services,
  caller: UserCaller,
  code: string,
): Promise<{ recoveryCodes: string[] }> {
  const { schoolId, participantId: userId, name } = caller;
  return proveAgain(services, caller, () =>
    services.database.inSchool(schoolId, async (tx) => {
      const factor = await loadSecondFactor(tx, userId);
      if (!factor?.isConfirmed) throw new DarasaError("conflict");
      const isGood = await useCode(services, tx, { schoolId, userId, code });
      if (!isGood) throw new DarasaError("wrong_code");
      await recordAudit(tx, {
        actor: { participantId: userId, name },
        action: "user.recoveryCodesRenewed",
        subject: { kind: "user", id: userId },
      });
      return { recoveryCodes: await renewRecoveryCodes(services, tx, userId) };
    }),
  );
}
