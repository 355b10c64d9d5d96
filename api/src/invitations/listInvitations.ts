import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { PendingInvitation } from "./invitation.ts";
import { showInvitation } from "./showInvitation.ts";
import { loadInvitations } from "./store.ts";

/** A page of the invitations that nobody has used up or taken back, newest first. */
export async function listInvitations(
  services: Services,
  caller: UserCaller,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ invitations: PendingInvitation[]; more: boolean }> {
  const nowMs = services.now();
  const rows = await services.database.inSchool(caller.schoolId, (tx) =>
    loadInvitations(tx, { after, limit: limit + 1 }),
  );
  return {
    invitations: rows.slice(0, limit).map((row) => showInvitation(row, nowMs)),
    more: rows.length > limit,
  };
}
