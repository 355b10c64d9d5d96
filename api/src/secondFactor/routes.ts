import { z } from "@hono/zod-openapi";
import { codeSchema, passwordSchema } from "../accounts/credentials.ts";
import { route } from "../routing/route.ts";
import { beginSecondFactor } from "./beginSecondFactor.ts";
import { confirmSecondFactor } from "./confirmSecondFactor.ts";
import { disableSecondFactor } from "./disableSecondFactor.ts";
import { askForRecoveryCodes } from "./renewRecoveryCodes.ts";

const recoveryCodesSchema = z
  .object({
    recoveryCodes: z
      .array(z.string())
      .openapi({ description: "Each good once; shown this one time." }),
  })
  .openapi("RecoveryCodes");

/** A second factor for one's own account: time-based codes (RFC 6238), and recovery codes for when they are lost. */
export const secondFactorRoutes = [
  route({
    method: "post",
    path: "/api/me/second-factor",
    access: "user",
    summary:
      "Begin with a new secret for an authenticator; nothing is asked for until it is confirmed.",
    body: z.object({ password: passwordSchema }),
    reply: z.object({
      secret: z.string().openapi({ description: "Base32, for typing in." }),
      uri: z.string().openapi({ description: "otpauth:// for a QR code." }),
    }),
    handle: (services, { caller, body }) => beginSecondFactor(services, caller, body.password),
  }),
  route({
    method: "post",
    path: "/api/me/second-factor/confirm",
    access: "user",
    summary: "Show that the authenticator works: from now on signing in asks for a code.",
    body: z.object({ code: codeSchema }),
    reply: recoveryCodesSchema,
    handle: (services, { caller, body }) => confirmSecondFactor(services, caller, body.code),
  }),
  route({
    method: "post",
    path: "/api/me/second-factor/disable",
    access: "user",
    summary: "Do without the second factor.",
    body: z.object({ password: passwordSchema, code: codeSchema }),
    handle: (services, { caller, body }) => disableSecondFactor(services, caller, body),
  }),
  route({
    method: "post",
    path: "/api/me/second-factor/recovery-codes",
    access: "user",
    summary: "New recovery codes; the old ones are worth nothing any more.",
    body: z.object({ code: codeSchema }),
    reply: recoveryCodesSchema,
    handle: (services, { caller, body }) => askForRecoveryCodes(services, caller, body.code),
  }),
];
