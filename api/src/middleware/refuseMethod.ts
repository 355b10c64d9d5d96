import { DarasaError } from "@darasa/protocol";
import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";

const knownMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** For a path that exists: says what may be asked there to whoever asks something else. */
export function refuseMethod(path: string, allow: string): MiddlewareHandler<ApiEnv> {
  return async (http) => {
    http.set("routePath", path);
    if (http.req.method !== "OPTIONS") {
      throw new DarasaError("method_not_allowed", { details: { allow } });
    }
    http.header("Allow", allow);
    return Promise.resolve(http.body(null, 204));
  };
}

/** TRACE would repeat a request's secrets to whoever made it send them, and the rest is not of the web. */
export const refuseStrangeMethods: MiddlewareHandler<ApiEnv> = async (http, next) => {
  if (!knownMethods.includes(http.req.method)) {
    throw new DarasaError("method_not_allowed", { details: { allow: knownMethods.join(", ") } });
  }
  await next();
};
