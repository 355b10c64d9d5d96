import type { SchoolTransaction } from "@darasa/database";
import type { SchoolId } from "@darasa/protocol";
import type { Context } from "hono";
import { loadSchool } from "../accounts/store.ts";
import { makeLink } from "../mail/makeLink.ts";
import { queueMail, type Mail } from "../mail/queueMail.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { encodeLinkToken, hashLinkToken, makeLinkToken } from "../tokens/linkToken.ts";
import { storeEmailLink, type LinkOwner, type LinkPurpose } from "./store.ts";

const hourMs = 60 * 60 * 1000;
const lifetimesMs: Readonly<Record<LinkPurpose, number>> = { verify: 72 * hourMs, reset: hourMs };

/** A link that is to be sent. */
export interface SendingLink {
  readonly schoolId: SchoolId;
  readonly owner: LinkOwner;
  readonly purpose: LinkPurpose;
  /** The request that asked for it, or the origin of our pages. */
  readonly from: Context<ApiEnv> | string;
}

/** Mails a single-use link to the account's address. Those of the same purpose that were sent before are dead. */
export async function sendEmailLink(
  services: Services,
  tx: SchoolTransaction,
  { schoolId, owner, purpose, from }: SendingLink,
): Promise<void> {
  const nowMs = services.now();
  const token = makeLinkToken(schoolId, services.randomBytes);
  await storeEmailLink(tx, {
    tokenHash: hashLinkToken(token),
    userId: owner.userId,
    email: owner.email,
    purpose,
    nowMs,
    expiresAtMs: nowMs + lifetimesMs[purpose],
  });
  const school = await loadSchool(tx);
  const link = makeLink(services, from, `/${purpose}#${encodeLinkToken(token)}`);
  await queueMail(tx, {
    to: owner.email,
    recipientRole: owner.role,
    language: owner.language,
    mail: { kind: mailKinds[purpose], name: owner.name, schoolName: school.name, link },
  });
}

const mailKinds = { verify: "verifyEmail", reset: "resetPassword" } as const satisfies Record<
  LinkPurpose,
  Mail["kind"]
>;
