import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";

/** Long enough to save most preflights, short enough that a change of the list is soon felt. */
const preflightMaxAgeSeconds = "600";

/**
 * Lets pages of other sites, those of the list only, read answers of the API (Fetch §3.2). Never with cookies: they
 * bring a token of their own, and the routes that read the cookie refuse them.
 */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler<ApiEnv> {
  return async (http, next) => {
    const origin = http.req.header("origin");
    const isListed = origin !== undefined && origins.includes(origin);
    if (isListed && http.req.method === "OPTIONS") {
      http.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
      http.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
      http.header("Access-Control-Max-Age", preflightMaxAgeSeconds);
    }
    await next();
    if (origins.length > 0) http.header("Vary", "Origin", { append: true });
    if (!isListed) return;
    http.header("Access-Control-Allow-Origin", origin);
    http.header("Access-Control-Expose-Headers", "Content-Disposition, Retry-After, X-Request-Id");
  };
}
