import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { RouteLimit } from "../routing/routeLimit.ts";
import type { Services } from "../services.ts";

/**
 * Counts a request by its route's limit: for the person who is signed in, else for the address it comes from.
 * @throws DarasaError rate_limited
 */
export function limitRequests(
  services: Pick<Services, "limits">,
  limit: RouteLimit,
): MiddlewareHandler<ApiEnv> {
  return async (http, next) => {
    if (limit !== "exempt") {
      const caller = http.get("caller");
      if (caller) await services.limits.take(limit, "person", caller.participantId);
      else await services.limits.take(limit, "address", http.get("clientAddress"));
    }
    await next();
  };
}
