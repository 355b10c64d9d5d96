import { sql, type SchoolTransaction } from "@darasa/database";
import {
  canAssignRole,
  schoolRoles,
  type ParticipantId,
  type RoomId,
  type SchoolRole,
} from "@darasa/protocol";
import * as z from "zod";
import { countActivePeople, countAwaited, type AdmissionRules } from "./admissionRules.ts";

/** Somebody who is to come into the school. */
export interface Invitee {
  /** Lower case. */
  readonly email: string;
  readonly name: string | null;
  readonly role: SchoolRole;
  readonly roomId: RoomId | null;
}

/** What becomes of an invitee; with `exists` and `invited`, which account or invitation it is about. */
export type InviteeOutcome =
  | { readonly outcome: "new" }
  | { readonly outcome: "exists"; readonly userId: ParticipantId; readonly role: SchoolRole }
  | { readonly outcome: "invited"; readonly invitationId: string }
  | { readonly outcome: "error"; readonly error: "deactivated" | "limit_reached" };

interface KnownAccount {
  readonly userId: ParticipantId;
  readonly role: SchoolRole;
  readonly isActive: boolean;
}

interface KnownInvitation {
  readonly id: string;
  readonly role: SchoolRole;
}

/** Who of some addresses is known, and how many people may still come. */
export interface KnownAddresses {
  readonly accounts: ReadonlyMap<string, KnownAccount>;
  /** Those that can still be used, and that whoever invites could take back. */
  readonly invitations: ReadonlyMap<string, KnownInvitation>;
  readonly freePlaces: number;
}

/**
 * Judges invitees one after the other: everyone who is new takes one of the places that are left. Who is invited to
 * be something else is invited anew, in the same place.
 */
export function makeInviteeJudge(
  known: KnownAddresses,
): (invitee: Pick<Invitee, "email" | "role">) => InviteeOutcome {
  let freePlaces = known.freePlaces;
  return ({ email, role }) => {
    const account = known.accounts.get(email);
    if (account) {
      return account.isActive
        ? { outcome: "exists", userId: account.userId, role: account.role }
        : { outcome: "error", error: "deactivated" };
    }
    const invitation = known.invitations.get(email);
    if (invitation?.role === role) return { outcome: "invited", invitationId: invitation.id };
    if (invitation) return { outcome: "new" };
    if (freePlaces <= 0) return { outcome: "error", error: "limit_reached" };
    freePlaces -= 1;
    return { outcome: "new" };
  };
}

const accountSchema = z.object({
  email: z.string(),
  userId: z.string().transform((id) => id as ParticipantId),
  role: z.enum(schoolRoles),
  isActive: z.boolean(),
});

const invitationSchema = z.object({ email: z.string(), id: z.string(), role: z.enum(schoolRoles) });

/** The school as whoever invites finds it. */
export interface AddressLookup {
  readonly rules: Pick<AdmissionRules, "maxUsers">;
  readonly inviter: SchoolRole;
  readonly nowMs: number;
}

/** What the school knows of these addresses now. */
export async function loadKnownAddresses(
  tx: SchoolTransaction,
  emails: readonly string[],
  { rules, inviter, nowMs }: AddressLookup,
): Promise<KnownAddresses> {
  const addresses = sql.array([...emails], "text");
  const accounts = await tx.any(sql.type(accountSchema)`
    select email, user_id as "userId", role, deactivated_at is null as "isActive"
    from users where email = any(${addresses})`);
  const invitations = await tx.any(sql.type(invitationSchema)`
    select email, invitation_id as id, role from invitations
    where email = any(${addresses}) and revoked_at is null and used = 0
      and expires_at > ${sql.timestamp(new Date(nowMs))}
    order by created_at`);
  const taken = (await countActivePeople(tx)) + (await countAwaited(tx, nowMs));
  return {
    accounts: new Map(accounts.map((account) => [account.email, account])),
    invitations: new Map(
      invitations
        .filter(({ role }) => canAssignRole(inviter, role))
        .map((invitation) => [invitation.email, invitation]),
    ),
    freePlaces: rules.maxUsers - taken,
  };
}
