import type { SchoolId } from "@darasa/protocol";
import type { Context } from "hono";
import type { NamedAccount } from "../devices/deviceCookie.ts";
import { loadAccountByEmail } from "../accounts/store.ts";
import { sendEmailLink } from "../emailLinks/sendEmailLink.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";

/**
 * Has a link sent that sets a new password, when there is such an account. It resolves before it looks: neither the
 * answer nor its time tells who has one.
 * @throws DarasaError rate_limited, whether there is one or not
 */
export async function forgotPassword(
  services: Services,
  account: NamedAccount,
  from: Context<ApiEnv>,
): Promise<void> {
  await services.limits.take("forgot", "subject", `${account.school}/${account.email}`);
  void sendResetLink(services, account, from).catch((error: unknown) => {
    services.log("error", "a link for a new password could not be sent", { error });
  });
}

async function sendResetLink(
  services: Services,
  { school: slug, email }: NamedAccount,
  from: Context<ApiEnv>,
): Promise<void> {
  const school = await services.database.findSchoolBySlug(slug);
  if (!school) return;
  const schoolId = school.schoolId as SchoolId;
  await services.database.inSchool(schoolId, async (tx) => {
    const owner = await loadAccountByEmail(tx, email);
    if (owner) await sendEmailLink(services, tx, { schoolId, owner, purpose: "reset", from });
  });
}
