import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { endAllSignIns } from "../accounts/endAccess.ts";
import { loadSchool, markEmailVerified, storePassword } from "../accounts/store.ts";
import {
  findLinkOwner,
  removeEmailLinks,
  useEmailLink,
  type LinkOwner,
} from "../emailLinks/store.ts";
import { queueMail } from "../mail/queueMail.ts";
import type { Services } from "../services.ts";
import type { NamedAccount } from "../devices/deviceCookie.ts";
import { decodeLinkToken, hashLinkToken } from "../tokens/linkToken.ts";
import { hashNewPassword } from "./hashNewPassword.ts";

/**
 * Sets a new password by the link of a mail, which shows too that the address is the account's own. All sign-ins end,
 * and the second factor stays. Gives whose account it was.
 * @throws DarasaError link_invalid, weak_password (the link stays good), busy
 */
export async function resetPassword(
  services: Services,
  { token: text, password }: { readonly token: string; readonly password: string },
): Promise<NamedAccount> {
  const token = decodeLinkToken(text);
  if (!token) throw new DarasaError("link_invalid");
  const { schoolId } = token;
  const { database } = services;
  const use = { tokenHash: hashLinkToken(token), purpose: "reset", nowMs: services.now() } as const;

  const found = await database.inSchool(schoolId, (tx) => findLinkOwner(tx, use));
  if (!found) throw new DarasaError("link_invalid");
  const passwordHash = await hashNewPassword(services, password, found);
  const account = await database.inSchool(schoolId, async (tx) => {
    const owner = await useEmailLink(tx, use);
    if (!owner) throw new DarasaError("link_invalid");
    const { userId } = owner;
    await storePassword(tx, { userId, passwordHash }, use.nowMs);
    await markEmailVerified(tx, userId, use.nowMs);
    await removeEmailLinks(tx, userId, ["verify", "reset"]);
    await endAllSignIns(services, tx, { schoolId, userId });
    return tellOfReset(tx, owner);
  });
  // Whoever opens the mailbox need not wait for those who guessed.
  const key = `${account.school}/${account.email}`;
  await services.attempts.forget([{ kind: "account", key }]);
  return account;
}

async function tellOfReset(tx: SchoolTransaction, owner: LinkOwner): Promise<NamedAccount> {
  const { userId, name, email, role, language } = owner;
  const school = await loadSchool(tx);
  await recordAudit(tx, {
    actor: { participantId: userId, name },
    action: "user.passwordReset",
    subject: { kind: "user", id: userId },
  });
  const mail = { kind: "passwordChanged", name, schoolName: school.name } as const;
  await queueMail(tx, { to: email, recipientRole: role, language, mail });
  return { school: school.slug, email };
}
