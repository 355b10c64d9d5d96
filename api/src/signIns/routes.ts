import { z } from "@hono/zod-openapi";
import { signedInSchema } from "../accounts/user.ts";
import { route } from "../routing/route.ts";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";
import { endOtherSignIns } from "./endOtherSignIns.ts";
import { endSignIn } from "./endSignIn.ts";
import { listSignIns } from "./listSignIns.ts";
import { logout } from "./logout.ts";
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from "./refreshCookie.ts";
import { refresh } from "./refresh.ts";

const signInSchema = z
  .object({
    id: idSchema,
    device: z.string().openapi({ example: "Firefox on Android" }),
    createdAtMs: timeMsSchema,
    lastUsedAtMs: timeMsSchema,
    isThis: z.boolean().openapi({ description: "The one that asks." }),
  })
  .openapi("SignIn");

/** Staying signed in, signing out, and where else one is signed in. */
export const signInRoutes = [
  route({
    method: "post",
    path: "/api/auth/refresh",
    access: "refreshCookie",
    limit: "refresh",
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
    limit: "refresh",
    summary: "End this sign-in; its tokens are worth nothing any more.",
    handle: async (services, { http }) => {
      await logout(services, readRefreshCookie(http));
      clearRefreshCookie(services, http);
    },
  }),
  route({
    method: "get",
    path: "/api/me/sign-ins",
    access: "user",
    summary: "Where one is signed in, the one used last first.",
    reply: z.object({ signIns: z.array(signInSchema) }),
    handle: async (services, { caller }) => ({ signIns: await listSignIns(services, caller) }),
  }),
  route({
    method: "delete",
    path: "/api/me/sign-ins/{id}",
    access: "user",
    summary: "Sign out there; its tokens are worth nothing any more.",
    params: z.object({ id: idSchema }),
    handle: (services, { caller, params }) => endSignIn(services, caller, params.id),
  }),
  route({
    method: "post",
    path: "/api/me/sign-ins/end-others",
    access: "user",
    summary: "Sign out everywhere but here.",
    handle: (services, { caller }) => endOtherSignIns(services, caller),
  }),
];
