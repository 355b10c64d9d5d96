import { recordAudit } from "@darasa/database";
import type { RoomId, SchoolRole } from "@darasa/protocol";
import type { Context } from "hono";
import { makeLink } from "../mail/makeLink.ts";
import type { UserCaller } from "../routing/access.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { encodeLinkToken, hashLinkToken, makeLinkToken } from "../tokens/linkToken.ts";
import { authorizeInviting } from "./authorizeInviting.ts";
import { storeInvitation } from "./store.ts";

const dayMs = 24 * 60 * 60 * 1000;

interface LinkRequest {
  readonly link: { readonly maxUses: number; readonly expiresInDays: number };
  readonly role: SchoolRole;
  readonly roomId?: RoomId | undefined;
  readonly http: Context<ApiEnv>;
}

/**
 * Makes a link by which whoever has it makes themselves an account. It is given this once; the database knows
 * only its hash.
 * @throws DarasaError forbidden, not_found (room)
 */
export function inviteByLink(
  services: Services,
  caller: UserCaller,
  { link: { maxUses, expiresInDays }, role, roomId, http }: LinkRequest,
): Promise<{ link: string; results: never[] }> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeInviting(tx, caller, { role, roomId });
    const token = makeLinkToken(caller.schoolId, services.randomBytes);
    const id = services.newId();
    const createdAtMs = services.now();
    await storeInvitation(tx, {
      id,
      tokenHash: hashLinkToken(token),
      email: null,
      name: null,
      role,
      roomId: roomId ?? null,
      maxUses,
      createdBy: caller.participantId,
      createdAtMs,
      expiresAtMs: createdAtMs + expiresInDays * dayMs,
    });
    await recordAudit(tx, {
      actor: caller,
      action: "invitation.created",
      subject: { kind: "invitation", id },
      details: { role, maxUses, expiresInDays },
    });
    return { link: makeLink(services, http, `/invite#${encodeLinkToken(token)}`), results: [] };
  });
}
