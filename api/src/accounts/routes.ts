import { z } from "@hono/zod-openapi";
import { verifyEmail } from "../emailLinks/verifyEmail.ts";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { answerSignIn } from "../signIns/answerSignIn.ts";
import { describeDevice } from "../devices/describeDevice.ts";
import {
  codeSchema,
  emailSchema,
  linkTokenSchema,
  passwordSchema,
  schoolSlugSchema,
} from "./credentials.ts";
import { changeMe } from "./changeMe.ts";
import { demoLogin } from "./demoLogin.ts";
import { getMe } from "./getMe.ts";
import { login } from "./login.ts";
import { preferencesChangeSchema } from "./preferences.ts";
import { languageSchema, signedInSchema, userSchema } from "./user.ts";

const credentialsSchema = z
  .object({
    school: schoolSlugSchema,
    email: emailSchema,
    password: passwordSchema,
    code: codeSchema.optional(),
  })
  .openapi("Credentials");

/** Coming in with an account, and what one may change of it. */
export const accountRoutes = [
  route({
    method: "post",
    path: "/api/auth/login",
    access: "anonymous",
    // Counted by the verb: a device that the account knows waits for nobody else at its address.
    limit: "exempt",
    summary: "Sign in with an account; sets the refresh cookie.",
    body: credentialsSchema,
    reply: signedInSchema,
    handle: async (services, { body, http }) => {
      const signIn = await login(services, body, http);
      return answerSignIn(services, http, signIn);
    },
  }),
  route({
    method: "post",
    path: "/api/auth/demo",
    access: "anonymous",
    limit: "demo",
    summary: "Sign in as the demo teacher; exists only where a demo key is configured.",
    body: z.object({ key: z.string().min(1).max(256) }),
    reply: signedInSchema,
    handle: async (services, { body, http }) => {
      const device = describeDevice(http.req.header("user-agent"));
      const signIn = await demoLogin(services, body.key, device);
      return answerSignIn(services, http, signIn);
    },
  }),
  route({
    method: "post",
    path: "/api/auth/verify",
    access: "anonymous",
    limit: "openLink",
    summary: "Show, by the link in a mail, that the address is one's own.",
    body: z.object({ token: linkTokenSchema }),
    handle: (services, { body }) => verifyEmail(services, body.token),
  }),
  route({
    method: "get",
    path: "/api/me",
    access: "signedIn",
    summary: "The signed-in person.",
    reply: userSchema,
    handle: (services, { caller }) => getMe(services, caller),
  }),
  route({
    method: "patch",
    path: "/api/me",
    access: "user",
    summary: "Change one's name, language or preferences. Students keep the name of the register.",
    body: z.object({
      name: displayTextSchema(60).optional(),
      language: languageSchema.optional(),
      preferences: preferencesChangeSchema.optional(),
    }),
    reply: userSchema,
    handle: (services, { caller, body }) => changeMe(services, caller, body),
  }),
];
