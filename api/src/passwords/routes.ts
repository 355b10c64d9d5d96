import { z } from "@hono/zod-openapi";
import {
  emailSchema,
  linkTokenSchema,
  passwordSchema,
  schoolSlugSchema,
} from "../accounts/credentials.ts";
import { route } from "../routing/route.ts";
import { rememberDevice } from "../devices/deviceCookie.ts";
import { changePassword } from "./changePassword.ts";
import { forgotPassword } from "./forgotPassword.ts";
import { resetPassword } from "./resetPassword.ts";

/** Changing a password, and getting in again without it. */
export const passwordRoutes = [
  route({
    method: "post",
    path: "/api/auth/forgot",
    access: "anonymous",
    limit: "forgot",
    summary:
      "Have a link sent that sets a new password. The answer tells nothing of who has an account.",
    body: z.object({ school: schoolSlugSchema, email: emailSchema }),
    handle: (services, { body, http }) => forgotPassword(services, body, http),
  }),
  route({
    method: "post",
    path: "/api/auth/reset",
    access: "anonymous",
    limit: "openLink",
    summary: "Set a new password by the link in a mail; ends all of the account's sign-ins.",
    body: z.object({ token: linkTokenSchema, password: passwordSchema }),
    handle: async (services, { body, http }) => {
      const account = await resetPassword(services, body);
      rememberDevice(services, http, account);
    },
  }),
  route({
    method: "post",
    path: "/api/me/password",
    access: "user",
    summary: "Change one's password; ends all other sign-ins.",
    body: z.object({ current: passwordSchema, password: passwordSchema }),
    handle: (services, { caller, body }) => changePassword(services, caller, body),
  }),
];
