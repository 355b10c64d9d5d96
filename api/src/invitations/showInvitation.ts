import type { PendingInvitation } from "./invitation.ts";
import type { InvitationRow } from "./store.ts";

/** An invitation as those see it who manage people. */
export function showInvitation(row: InvitationRow, nowMs: number): PendingInvitation {
  return { ...row, expired: row.expiresAtMs <= nowMs };
}
