import type { z } from "@hono/zod-openapi";
import type { RoomId, SchoolRole } from "@darasa/protocol";
import type { Context } from "hono";
import { makeLink } from "../mail/makeLink.ts";
import type { UserCaller } from "../routing/access.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { lockAdmissionRules } from "./admissionRules.ts";
import { authorizeInviting } from "./authorizeInviting.ts";
import type { inviteResultSchema } from "./invitation.ts";
import { loadKnownAddresses, makeInviteeJudge } from "./invitees.ts";
import { inviteInvitee } from "./inviteInvitee.ts";

type InviteResult = z.infer<typeof inviteResultSchema>;

interface MailRequest {
  readonly emails: readonly string[];
  readonly role: SchoolRole;
  readonly roomId?: RoomId | undefined;
  readonly name?: string | undefined;
  readonly http: Context<ApiEnv>;
}

/**
 * Invites each address once; who has an account already only comes into the room.
 * @throws DarasaError forbidden, not_found (room)
 */
export function inviteByMail(
  services: Services,
  caller: UserCaller,
  { emails, role, roomId, name, http }: MailRequest,
): Promise<{ link: null; results: InviteResult[] }> {
  const addresses = [...new Set(emails)];
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeInviting(tx, caller, { role, roomId });
    const rules = await lockAdmissionRules(tx);
    const known = await loadKnownAddresses(tx, addresses, {
      rules,
      inviter: caller.role,
      nowMs: services.now(),
    });
    const judge = makeInviteeJudge(known);
    const inviting = {
      caller,
      rules,
      linkTo: (path: `/${string}`) => makeLink(services, http, path),
    };
    const results: InviteResult[] = [];
    for (const email of addresses) {
      const judged = judge({ email, role });
      const invitee = {
        email,
        role,
        roomId: roomId ?? null,
        name: addresses.length === 1 ? (name ?? null) : null,
      };
      await inviteInvitee(services, tx, { inviting, invitee, judged });
      const error = judged.outcome === "error" ? judged.error : null;
      results.push({ email, outcome: judged.outcome, error });
    }
    return { link: null, results };
  });
}
