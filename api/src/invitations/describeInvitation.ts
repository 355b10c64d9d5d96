import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { decodeLinkToken } from "../tokens/linkToken.ts";
import { loadInvitingSchool } from "./admissionRules.ts";
import type { OpenDoor } from "./invitation.ts";
import { openInvitation } from "./openInvitation.ts";

/** What the token opens. @throws DarasaError link_invalid, school_suspended */
export function describeInvitation(services: Services, text: string): Promise<OpenDoor> {
  const token = decodeLinkToken(text);
  if (!token) return Promise.reject(new DarasaError("link_invalid"));
  return services.database.inSchool(token.schoolId, async (tx) => {
    const { invitation } = await openInvitation(services, tx, token);
    const { language, ...school } = await loadInvitingSchool(tx);
    return {
      school,
      role: invitation.role,
      roomName: invitation.room?.name ?? null,
      email: invitation.email,
      name: invitation.name,
      language,
    };
  });
}
