import { notifyControl, recordAudit, type SchoolTransaction, sql } from "@darasa/database";
import type { SchoolId, SchoolRole } from "@darasa/protocol";
import * as z from "zod";
import { mailInvitationLifetimeMs } from "../invitations/inviteInvitee.ts";
import { replaceInvitations, storeInvitation } from "../invitations/store.ts";
import { makeLink } from "../mail/makeLink.ts";
import type { World } from "../services.ts";
import { encodeLinkToken, hashLinkToken, makeLinkToken } from "../tokens/linkToken.ts";
import { PlainProblem } from "./plainProblem.ts";

interface Services extends World {
  readonly config: { readonly PUBLIC_URL: string };
}

interface Invited {
  readonly schoolId: SchoolId;
  readonly email: string;
  readonly role: Extract<SchoolRole, "school_admin" | "super_admin">;
}

/**
 * Lets somebody run the school: who has an account there gets the role, others a link. Gives what to print.
 * @throws PlainProblem for an account that has not shown its address
 */
export async function inviteToRun(
  services: Services,
  tx: SchoolTransaction,
  invited: Invited,
): Promise<string> {
  const { email, role } = invited;
  const userId = await lift(services, tx, invited);
  if (userId !== null) return `${email} has an account there, which is ${role} from now on.`;
  const token = makeLinkToken(invited.schoolId, services.randomBytes);
  const id = services.newId();
  const nowMs = services.now();
  await replaceInvitations(tx, { email, by: null, nowMs });
  await storeInvitation(tx, {
    ...{ id, email, role, name: null, roomId: null, maxUses: 1, createdBy: null },
    tokenHash: hashLinkToken(token),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + mailInvitationLifetimeMs,
  });
  const subject = { kind: "invitation", id } as const;
  await recordAudit(tx, { actor: null, action: "user.invited", subject, details: { email, role } });
  const link = makeLink(services, services.config.PUBLIC_URL, `/invite#${encodeLinkToken(token)}`);
  return `Give this link to ${email}; it works once, for two weeks, and is shown only here:\n\n  ${link}`;
}

const accountSchema = z.object({ userId: z.string(), isProved: z.boolean() });

async function lift(
  { now }: Services,
  tx: SchoolTransaction,
  { schoolId, email, role }: Invited,
): Promise<string | null> {
  const account = await tx.maybeOne(sql.type(accountSchema)`
    update users set role = ${role} where email = ${email} and deactivated_at is null
    returning user_id as "userId", email_verified_at is not null as "isProved"`);
  if (account === null) return null;
  // Whoever has an invitation by link can write any address down as theirs.
  if (!account.isProved) {
    throw new PlainProblem(
      `The account of ${email} has not shown yet that this address is theirs.`,
    );
  }
  const { userId } = account;
  await recordAudit(tx, {
    actor: null,
    action: "user.roleChanged",
    subject: { kind: "user", id: userId },
    details: { role },
  });
  // What their connections may do has changed: they come anew.
  const participantId = userId;
  const message = { schoolId, participantId, signInIds: null, atMs: now() };
  await notifyControl(tx, { kind: "accessChanged", ...message });
  return userId;
}
