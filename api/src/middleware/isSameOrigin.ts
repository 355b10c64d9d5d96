import type { Context } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";

/**
 * Whether the request was made by a page of this very origin. A browser says so itself in
 * `Sec-Fetch-Site` (Fetch Metadata) or, when older, in `Origin`; whoever says neither is refused.
 */
export function isSameOrigin(http: Context<ApiEnv>, publicUrl: string | undefined): boolean {
  const site = http.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = http.req.header("origin");
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (publicUrl !== undefined) return new URL(origin).origin === new URL(publicUrl).origin;
  return new URL(origin).host === http.get("host");
}
