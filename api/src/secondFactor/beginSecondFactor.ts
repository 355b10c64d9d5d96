import { DarasaError } from "@darasa/protocol";
import { proveAgain, provePassword } from "../attempts/proveAgain.ts";
import { loadSchool } from "../accounts/store.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { describeSecret, secretBytes } from "./authenticator.ts";
import { sealSecret } from "./sealSecret.ts";
import { loadSecondFactor, storeSecret } from "./store.ts";

const ivBytes = 12;

/**
 * A new secret for the caller's authenticator. It is worth nothing until it is confirmed; beginning again makes
 * another.
 * @throws DarasaError wrong_credentials, rate_limited; conflict when there is a second factor already
 */
export async function beginSecondFactor(
  services: Services,
  caller: UserCaller,
  password: string,
): Promise<{ secret: string; uri: string }> {
  const account = await proveAgain(services, caller, () =>
    provePassword(services, caller, password),
  );
  const { schoolId, participantId: userId } = caller;
  const secret = services.randomBytes(secretBytes);
  const iv = services.randomBytes(ivBytes);
  return services.database.inSchool(schoolId, async (tx) => {
    const factor = await loadSecondFactor(tx, userId);
    if (factor?.isConfirmed !== false) throw new DarasaError("conflict");
    const owner = { schoolId, userId };
    await storeSecret(tx, userId, sealSecret(services.keys.secondFactor, owner, { secret, iv }));
    const school = await loadSchool(tx);
    return describeSecret(secret, { schoolName: school.name, email: account.email });
  });
}
