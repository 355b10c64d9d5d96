import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";

/** Counts and times every request by its declared route, and logs it at `debug`; addresses are not logged. */
export function measureRequest(
  services: Pick<Services, "log" | "metrics">,
): MiddlewareHandler<ApiEnv> {
  return async (http, next) => {
    const start = performance.now();
    await next();
    const seconds = (performance.now() - start) / 1000;
    const route = http.get("routePath");
    const { status } = http.res;
    const { method } = http.req;
    services.metrics.requestSeconds.observe({ method, route, status }, seconds);
    services.log("debug", "request", {
      requestId: http.get("requestId"),
      method,
      route,
      status,
      ms: Math.round(seconds * 1000),
    });
  };
}
