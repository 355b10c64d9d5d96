import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type ParticipantId, type SchoolId } from "@darasa/protocol";
import type { Context } from "hono";
import { sendEmailLink } from "../emailLinks/sendEmailLink.ts";
import { hashNewPassword } from "../passwords/hashNewPassword.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { describeDevice } from "../devices/describeDevice.ts";
import { openSignIn, type IssuedSignIn } from "../signIns/openSignIn.ts";
import { foundSchool } from "./foundSchool.ts";
import { isReservedSlug } from "./isReservedSlug.ts";
import type { NewSchool } from "./newSchool.ts";
import { storeFirstAdmin } from "./store.ts";

/** Signed in, or asked to open the link that was sent. */
type Made = IssuedSignIn | { readonly verify: true };

/**
 * A school that somebody makes for themselves, where the operator lets strangers do so; they are its first admin.
 * Where mail is sent they show first that the address is theirs.
 * @throws DarasaError not_found, taken, weak_password, busy
 */
export async function createSchool(
  services: Services,
  { slug, name, language, admin }: NewSchool,
  http: Context<ApiEnv>,
): Promise<Made> {
  if (!services.config.SCHOOL_SIGN_UP) throw new DarasaError("not_found");
  if (isReservedSlug(slug)) throw new DarasaError("taken");
  const passwordHash = await hashNewPassword(services, admin.password, admin);
  const { name: adminName, email } = admin;
  const first: FirstAdmin = { name: adminName, email, passwordHash, language };
  return foundSchool(services.database, { slug, name, language }, (tx, schoolId) =>
    admitFirstAdmin(services, tx, { schoolId, first, http }),
  );
}

interface FirstAdmin {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly language: "en" | "sw";
}

interface Admitting {
  readonly schoolId: SchoolId;
  readonly first: FirstAdmin;
  readonly http: Context<ApiEnv>;
}

async function admitFirstAdmin(
  services: Services,
  tx: SchoolTransaction,
  { schoolId, first, http }: Admitting,
): Promise<Made> {
  const { canSend } = services.mail;
  const verifiedAtMs = canSend ? null : services.now();
  const userId = (await storeFirstAdmin(tx, { ...first, verifiedAtMs })) as ParticipantId;
  const actor = { participantId: userId, name: first.name };
  const subject = { kind: "school", id: schoolId } as const;
  await recordAudit(tx, { actor, action: "school.created", subject });
  if (!canSend) {
    const device = describeDevice(http.req.header("user-agent"));
    return openSignIn(services, tx, { schoolId, owner: { userId }, device });
  }
  const owner = { ...first, userId, role: "school_admin" } as const;
  await sendEmailLink(services, tx, { schoolId, owner, purpose: "verify", from: http });
  return { verify: true };
}
