import type { SchoolTransaction } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { hashLinkToken, type LinkToken } from "../tokens/linkToken.ts";
import { lockAdmissionRulesIfAny, type AdmissionRules } from "./admissionRules.ts";
import { lockInvitationByToken, type InvitationRow } from "./store.ts";

/**
 * The invitation that a token opens now, with what the school says of those who come; both locked.
 * @throws DarasaError link_invalid, school_suspended
 */
export async function openInvitation(
  services: Pick<Services, "now">,
  tx: SchoolTransaction,
  token: LinkToken,
): Promise<{ readonly invitation: InvitationRow; readonly rules: AdmissionRules }> {
  const tokenHash = hashLinkToken(token);
  const nowMs = services.now();
  // The school before the invitation, as everybody who adds people locks them.
  const rules = await lockAdmissionRulesIfAny(tx);
  const invitation = rules && (await lockInvitationByToken(tx, { tokenHash, nowMs }));
  if (!invitation) throw new DarasaError("link_invalid");
  if (rules.isSuspended) throw new DarasaError("school_suspended");
  return { invitation, rules };
}
