import { recordAudit } from "@darasa/database";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeInvitation } from "./authorizeInviting.ts";
import { storeRevocation } from "./store.ts";

/** Takes an invitation back. @throws DarasaError not_found, forbidden when it is for somebody above the caller */
export function revokeInvitation(
  services: Services,
  caller: UserCaller,
  id: string,
): Promise<void> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const invitation = await authorizeInvitation(tx, caller, id);
    await storeRevocation(tx, id, services.now());
    await recordAudit(tx, {
      actor: caller,
      action: "invitation.revoked",
      subject: { kind: "invitation", id },
      details: { email: invitation.email, role: invitation.role },
    });
  });
}
