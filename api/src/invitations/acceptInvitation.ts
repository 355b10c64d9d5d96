import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type ParticipantId, type SchoolRole } from "@darasa/protocol";
import type { Context } from "hono";
import { sendEmailLink } from "../emailLinks/sendEmailLink.ts";
import { hashNewPassword } from "../passwords/hashNewPassword.ts";
import { joinRoom } from "../people/joinRoom.ts";
import { isEmailTaken, storePerson } from "../people/store.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { describeDevice } from "../devices/describeDevice.ts";
import { openSignIn, type IssuedSignIn } from "../signIns/openSignIn.ts";
import { decodeLinkToken, type LinkToken } from "../tokens/linkToken.ts";
import { countActivePeople } from "./admissionRules.ts";
import { openInvitation } from "./openInvitation.ts";
import { countUse, isAwaitedAsOther, replaceInvitations, type InvitationRow } from "./store.ts";

interface Acceptance {
  readonly token: string;
  readonly name: string;
  /** Lower case; not looked at when the invitation is for one address. */
  readonly email?: string | undefined;
  readonly password: string;
  readonly language: "en" | "sw";
  readonly http: Context<ApiEnv>;
}

/** Who comes, as they said themselves or as the invitation says of them. */
interface Newcomer extends Pick<Acceptance, "name" | "language" | "http"> {
  readonly email: string;
  readonly passwordHash: string;
}

/**
 * Makes the account that an invitation is for, lets it into the invitation's room and signs it in. An invitation by
 * mail has proved the address; who came by a link is sent a mail for that first, and null is given. Where no mail
 * can be sent nobody could prove anything: they are signed in too.
 * @throws DarasaError link_invalid, bad_request without an address, weak_password, taken, limit_reached,
 * school_suspended, busy
 */
export async function acceptInvitation(
  services: Services,
  { token: text, email: given, password, ...rest }: Acceptance,
): Promise<IssuedSignIn | null> {
  const token = decodeLinkToken(text);
  if (!token) throw new DarasaError("link_invalid");
  const email = await findAddress(services, token, given);
  // Outside any transaction: it may wait its turn while connections are dear.
  const passwordHash = await hashNewPassword(services, password, { name: rest.name, email });
  return services.database.inSchool(token.schoolId, async (tx) => {
    const { invitation, rules } = await openInvitation(services, tx, token);
    const { role } = invitation;
    const isByLink = invitation.email === null;
    await refuseTaken(tx, { email, role, isByLink, nowMs: services.now() });
    if ((await countActivePeople(tx)) >= rules.maxUsers) throw new DarasaError("limit_reached");
    return admit(services, tx, { token, invitation, newcomer: { ...rest, email, passwordHash } });
  });
}

/**
 * A link proves no address: one that a mail invites to be something else is as good as taken for whoever has a link.
 * @throws DarasaError taken
 */
async function refuseTaken(
  tx: SchoolTransaction,
  { email, role, isByLink, nowMs }: WantedAddress,
): Promise<void> {
  const isTaken =
    (await isEmailTaken(tx, email)) ||
    (isByLink && (await isAwaitedAsOther(tx, { email, role, nowMs })));
  if (isTaken) throw new DarasaError("taken");
}

interface WantedAddress {
  readonly email: string;
  readonly role: SchoolRole;
  readonly isByLink: boolean;
  readonly nowMs: number;
}

/** The address of the account to be: nothing costly is done for a token that opens nothing. */
async function findAddress(
  services: Services,
  token: LinkToken,
  given: string | undefined,
): Promise<string> {
  const { invitation } = await services.database.inSchool(token.schoolId, (tx) =>
    openInvitation(services, tx, token),
  );
  const email = invitation.email ?? given;
  if (email === undefined) throw new DarasaError("bad_request", { details: { detail: "email" } });
  return email;
}

interface Admission {
  readonly token: LinkToken;
  readonly invitation: InvitationRow;
  readonly newcomer: Newcomer;
}

async function admit(
  services: Services,
  tx: SchoolTransaction,
  { token: { schoolId }, invitation, newcomer }: Admission,
): Promise<IssuedSignIn | null> {
  const { name, email, language, passwordHash, http } = newcomer;
  const { role, room } = invitation;
  const userId = services.newId() as ParticipantId;
  const nowMs = services.now();
  const isProved = invitation.email !== null || !services.mail.canSend;
  await storePerson(tx, { userId, name, email, role, language, passwordHash, isProved, nowMs });
  await countUse(tx, invitation.id);
  // Whatever else waits for this address has nobody to let in any more.
  await replaceInvitations(tx, { email, by: null, nowMs });
  if (room) await joinRoom(tx, { roomId: room.id, userId, role });
  await recordAudit(tx, {
    actor: { participantId: userId, name },
    action: "user.joined",
    subject: { kind: "user", id: userId },
    details: {
      role,
      by: invitation.email === null ? "link" : "mail",
      inviter: invitation.createdBy,
    },
  });
  if (!isProved) {
    const owner = { userId, email, name, role, language };
    await sendEmailLink(services, tx, { schoolId, owner, purpose: "verify", from: http });
    return null;
  }
  const device = describeDevice(http.req.header("user-agent"));
  return openSignIn(services, tx, { schoolId, owner: { userId }, device });
}
