import type { Context } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";

/** What all our cookies have in common: no script reads them, and they go to the routes of signing in alone. */
export function cookieAttributes(services: Services, http: Context<ApiEnv>) {
  const secure =
    http.get("scheme") === "https" || services.config.PUBLIC_URL?.startsWith("https:") === true;
  return { path: "/api/auth", httpOnly: true, sameSite: "Lax", secure } as const;
}
