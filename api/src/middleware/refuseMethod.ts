import { DarasaError } from "@darasa/protocol";
import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";

const knownMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * For a path that exists: says what may be asked there to whoever asks something else, which is counted as all that
 * is no route.
 */
export function refuseMethod(
  services: Pick<Services, "limits">,
  path: string,
  allow: string,
): MiddlewareHandler<ApiEnv> {
  const allowed = allow.split(", ").filter((method) => method !== "OPTIONS");
  return async (http, next) => {
    const { method } = http.req;
    if (allowed.includes(method)) return next();
    http.set("routePath", path);
    await services.limits.take("files", "address", http.get("clientAddress"));
    if (method !== "OPTIONS") throw new DarasaError("method_not_allowed", { details: { allow } });
    http.header("Allow", allow);
    return http.body(null, 204);
  };
}

/** TRACE would repeat a request's secrets to whoever made it send them, and the rest is not of the web. */
export const refuseStrangeMethods: MiddlewareHandler<ApiEnv> = async (http, next) => {
  if (!knownMethods.includes(http.req.method)) {
    throw new DarasaError("method_not_allowed", { details: { allow: knownMethods.join(", ") } });
  }
  await next();
};
