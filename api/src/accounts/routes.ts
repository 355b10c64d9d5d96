import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { demoLogin } from "./demoLogin.ts";
import { getMe } from "./getMe.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from "./refreshCookie.ts";
import { refresh } from "./refresh.ts";
import { signedInSchema, userSchema } from "./user.ts";

const credentialsSchema = z
  .object({
    school: z
      .string()
      .max(60)
      .transform((slug) => slug.trim().toLowerCase())
      .pipe(z.string().regex(/^[a-z0-9](-?[a-z0-9])*$/))
      .openapi({ description: "The school's short name.", example: "demo" }),
    email: z
      .string()
      .max(254)
      .transform((email) => email.trim().toLowerCase())
      .pipe(z.string().regex(/^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u)),
    password: z.string().min(1).max(256),
  })
  .openapi("Credentials");

/** Signing in and out, and who one is. */
export const accountRoutes = [
  route({
    method: "post",
    path: "/api/auth/login",
    access: "anonymous",
    summary: "Sign in with an account; sets the refresh cookie.",
    body: credentialsSchema,
    reply: signedInSchema,
    handle: async (services, { body, http }) => {
      const signIn = await login(services, { ...body, address: http.get("clientAddress") });
      setRefreshCookie(services, http, signIn.refresh);
      return signIn.signedIn;
    },
  }),
  route({
    method: "post",
    path: "/api/auth/demo",
    access: "anonymous",
    summary: "Sign in as the demo teacher; exists only where a demo key is configured.",
    body: z.object({ key: z.string().min(1).max(256) }),
    reply: signedInSchema,
    handle: async (services, { body, http }) => {
      const signIn = await demoLogin(services, body.key, http.get("clientAddress"));
      setRefreshCookie(services, http, signIn.refresh);
      return signIn.signedIn;
    },
  }),
  route({
    method: "post",
    path: "/api/auth/refresh",
    access: "refreshCookie",
    summary: "A new access token for the cookie, which is renewed too.",
    reply: signedInSchema,
    handle: async (services, { http }) => {
      const signIn = await refresh(services, readRefreshCookie(http));
      setRefreshCookie(services, http, signIn.refresh);
      return signIn.signedIn;
    },
  }),
  route({
    method: "post",
    path: "/api/auth/logout",
    access: "refreshCookie",
    summary: "End this sign-in; its tokens are worth nothing any more.",
    handle: async (services, { http }) => {
      await logout(services, readRefreshCookie(http));
      clearRefreshCookie(services, http);
    },
  }),
  route({
    method: "get",
    path: "/api/me",
    access: "signedIn",
    summary: "The signed-in person.",
    reply: userSchema,
    handle: (services, { caller }) => getMe(services, caller),
  }),
];
