import { recordAudit } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { markEmailVerified } from "../accounts/store.ts";
import type { Services } from "../services.ts";
import { decodeLinkToken, hashLinkToken } from "../tokens/linkToken.ts";
import { useEmailLink } from "./store.ts";

/**
 * Takes the link of a mail as proof that its address is the account's own.
 * @throws DarasaError link_invalid when it was used, is too old, or the address has changed meanwhile
 */
export async function verifyEmail(services: Services, text: string): Promise<void> {
  const token = decodeLinkToken(text);
  if (!token) throw new DarasaError("link_invalid");
  const nowMs = services.now();
  await services.database.inSchool(token.schoolId, async (tx) => {
    const use = { tokenHash: hashLinkToken(token), purpose: "verify", nowMs } as const;
    const owner = await useEmailLink(tx, use);
    if (!owner) throw new DarasaError("link_invalid");
    await markEmailVerified(tx, owner.userId, nowMs);
    await recordAudit(tx, {
      actor: { participantId: owner.userId, name: owner.name },
      action: "user.emailVerified",
      subject: { kind: "user", id: owner.userId },
    });
  });
}
