import { recordAudit } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { Context } from "hono";
import { makeLink } from "../mail/makeLink.ts";
import type { UserCaller } from "../routing/access.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { encodeLinkToken, hashLinkToken, makeLinkToken } from "../tokens/linkToken.ts";
import { lockAdmissionRules } from "./admissionRules.ts";
import { authorizeInvitation } from "./authorizeInviting.ts";
import type { PendingInvitation } from "./invitation.ts";
import { mailInvitation, mailInvitationLifetimeMs } from "./inviteInvitee.ts";
import { showInvitation } from "./showInvitation.ts";
import { renewInvitation } from "./store.ts";

/**
 * Sends an invitation again, with a new link that lasts anew.
 * @throws DarasaError not_found, forbidden, conflict for a link, which was shown once and goes by no mail
 */
export function resendInvitation(
  services: Services,
  caller: UserCaller,
  { id, http }: { readonly id: string; readonly http: Context<ApiEnv> },
): Promise<PendingInvitation> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const rules = await lockAdmissionRules(tx);
    const invitation = await authorizeInvitation(tx, caller, id);
    const { email, role } = invitation;
    if (email === null) throw new DarasaError("conflict");
    const nowMs = services.now();
    const token = makeLinkToken(caller.schoolId, services.randomBytes);
    const expiresAtMs = nowMs + mailInvitationLifetimeMs;
    await renewInvitation(tx, { id, tokenHash: hashLinkToken(token), expiresAtMs });
    await mailInvitation(services, tx, {
      inviting: { caller, rules, linkTo: (path) => makeLink(services, http, path) },
      invitee: { email, role },
      token: encodeLinkToken(token),
    });
    await recordAudit(tx, {
      actor: caller,
      action: "invitation.resent",
      subject: { kind: "invitation", id },
      details: { email, role },
    });
    return showInvitation({ ...invitation, expiresAtMs }, nowMs);
  });
}
