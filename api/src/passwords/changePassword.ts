import { recordAudit } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { endAllSignIns } from "../accounts/endAccess.ts";
import { proveAgain, provePassword } from "../attempts/proveAgain.ts";
import { loadSchool, lockAccount, storePassword } from "../accounts/store.ts";
import { removeEmailLinks } from "../emailLinks/store.ts";
import { queueMail } from "../mail/queueMail.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { hashNewPassword } from "./hashNewPassword.ts";

/**
 * Changes the caller's password. All their other sign-ins end, and links for a new one are worth nothing.
 * @throws DarasaError wrong_credentials, weak_password, rate_limited, busy
 */
export async function changePassword(
  services: Services,
  caller: UserCaller,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<void> {
  const proven = await proveAgain(services, caller, () => provePassword(services, caller, current));
  const passwordHash = await hashNewPassword(services, password, proven);
  const { schoolId, participantId: userId, signInId, name } = caller;
  await services.database.inSchool(schoolId, async (tx) => {
    const account = await lockAccount(tx, userId);
    // Another sign-in was faster: what was proven holds no more.
    if (account?.passwordHash !== proven.passwordHash) throw new DarasaError("wrong_credentials");
    await storePassword(tx, { userId, passwordHash }, services.now());
    await removeEmailLinks(tx, userId, ["reset"]);
    await endAllSignIns(services, tx, { schoolId, userId, except: signInId });
    await recordAudit(tx, {
      actor: { participantId: userId, name },
      action: "user.passwordChanged",
      subject: { kind: "user", id: userId },
    });
    const school = await loadSchool(tx);
    await queueMail(tx, {
      to: account.email,
      recipientRole: account.role,
      language: account.language,
      mail: { kind: "passwordChanged", name: account.name, schoolName: school.name },
    });
  });
}
