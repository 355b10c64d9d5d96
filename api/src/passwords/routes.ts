import { z } from "@hono/zod-openapi";
import { DarasaError } from "@darasa/protocol";
import {
  emailSchema,
  linkTokenSchema,
  passwordSchema,
  schoolSlugSchema,
} from "../accounts/credentials.ts";
import { route } from "../routing/route.ts";

/** Changing a password, and getting in again without it. */
export const passwordRoutes = [
  route({
    method: "post",
    path: "/api/auth/forgot",
    access: "anonymous",
    summary:
      "Have a link sent that sets a new password. The answer tells nothing of who has an account.",
    body: z.object({ school: schoolSlugSchema, email: emailSchema }),
    handle: () => Promise.reject(new DarasaError("unavailable")),
  }),
  route({
    method: "post",
    path: "/api/auth/reset",
    access: "anonymous",
    summary: "Set a new password by the link in a mail; ends all of the account's sign-ins.",
    body: z.object({ token: linkTokenSchema, password: passwordSchema }),
    handle: () => Promise.reject(new DarasaError("unavailable")),
  }),
  route({
    method: "post",
    path: "/api/me/password",
    access: "user",
    summary: "Change one's password; ends all other sign-ins.",
    body: z.object({ current: passwordSchema, password: passwordSchema }),
    handle: () => Promise.reject(new DarasaError("unavailable")),
  }),
];
