import { recordAudit, type SchoolTransaction } from "@darasa/database";
import type { ParticipantId, SchoolRole } from "@darasa/protocol";
import { queueMail } from "../mail/queueMail.ts";
import { joinRoom, partOf } from "../people/joinRoom.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { encodeLinkToken, hashLinkToken, makeLinkToken } from "../tokens/linkToken.ts";
import type { AdmissionRules } from "./admissionRules.ts";
import type { Invitee, InviteeOutcome } from "./invitees.ts";
import { replaceInvitations, storeInvitation, updateInvitation } from "./store.ts";

/** How long an invitation by mail can be used. */
export const mailInvitationLifetimeMs = 14 * 24 * 60 * 60 * 1000;

/** Who invites, by which rules, and where links lead. */
export interface Inviting {
  readonly caller: UserCaller;
  readonly rules: AdmissionRules;
  /** The link to a page of the client. */
  readonly linkTo: (path: `/${string}`) => string;
}

/** Does what was judged: sends an invitation, or lets an account into the room, with its audit entry. */
export async function inviteInvitee(
  services: Services,
  tx: SchoolTransaction,
  work: { readonly inviting: Inviting; readonly invitee: Invitee; readonly judged: InviteeOutcome },
): Promise<void> {
  const { inviting, invitee, judged } = work;
  switch (judged.outcome) {
    case "new":
      await sendInvitation(services, tx, { inviting, invitee });
      return;
    case "exists":
      await letIntoRoom(tx, { inviting, invitee, account: judged });
      return;
    case "invited":
      await updateInvitation(tx, { id: judged.invitationId, ...invitee });
      return;
    case "error":
      return;
  }
}

async function sendInvitation(
  services: Services,
  tx: SchoolTransaction,
  { inviting, invitee }: { readonly inviting: Inviting; readonly invitee: Invitee },
): Promise<void> {
  const { caller } = inviting;
  const token = makeLinkToken(caller.schoolId, services.randomBytes);
  const id = services.newId();
  const createdAtMs = services.now();
  // What was sent to this address before: expired, or to be something else.
  await replaceInvitations(tx, { email: invitee.email, by: caller.role, nowMs: createdAtMs });
  await storeInvitation(tx, {
    ...invitee,
    id,
    tokenHash: hashLinkToken(token),
    maxUses: 1,
    createdBy: caller.participantId,
    createdAtMs,
    expiresAtMs: createdAtMs + mailInvitationLifetimeMs,
  });
  await recordAudit(tx, {
    actor: caller,
    action: "user.invited",
    subject: { kind: "invitation", id },
    details: { email: invitee.email, role: invitee.role },
  });
  await mailInvitation(services, tx, { inviting, invitee, token: encodeLinkToken(token) });
}

/** Writes the mail with the link that the token makes. @throws DarasaError rate_limited for its address */
export async function mailInvitation(
  { limits }: Pick<Services, "limits">,
  tx: SchoolTransaction,
  {
    inviting: { caller, rules, linkTo },
    invitee,
    token,
  }: {
    readonly inviting: Inviting;
    readonly invitee: Pick<Invitee, "email" | "role">;
    readonly token: string;
  },
): Promise<void> {
  await limits.take("invite", "subject", invitee.email);
  await queueMail(tx, {
    to: invitee.email,
    recipientRole: invitee.role,
    language: rules.language,
    mail: {
      kind: "invitation",
      inviter: caller.name,
      schoolName: rules.name,
      link: linkTo(`/invite#${token}`),
    },
  });
}

/** As what they are invited to be, but never as more than they are in the school. */
async function letIntoRoom(
  tx: SchoolTransaction,
  {
    inviting,
    invitee: { roomId, role: wanted },
    account: { userId, role: own },
  }: {
    readonly inviting: Inviting;
    readonly invitee: Invitee;
    readonly account: { readonly userId: ParticipantId; readonly role: SchoolRole };
  },
): Promise<void> {
  const role = own === "student" ? own : wanted;
  if (roomId === null || !(await joinRoom(tx, { roomId, userId, role }))) return;
  await recordAudit(tx, {
    actor: inviting.caller,
    action: "room.memberSet",
    subject: { kind: "room", id: roomId },
    details: { userId, role: partOf(role) },
  });
}
