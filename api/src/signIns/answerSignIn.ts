import type { Context } from "hono";
import type { SignedIn } from "../accounts/user.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { rememberDevice } from "../devices/deviceCookie.ts";
import type { IssuedSignIn } from "./openSignIn.ts";
import { setRefreshCookie } from "./refreshCookie.ts";

/** Answers with a sign-in that was just opened: its cookie, the body, and the browser is known from now on. */
export function answerSignIn(
  services: Services,
  http: Context<ApiEnv>,
  { signedIn, refresh }: IssuedSignIn,
): SignedIn {
  setRefreshCookie(services, http, refresh);
  const { email, school } = signedIn.user;
  if (email !== null) rememberDevice(services, http, { school: school.slug, email });
  return signedIn;
}
