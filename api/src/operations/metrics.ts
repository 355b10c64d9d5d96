import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** What the process counts, for `/metrics`. */
export interface ApiMetrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<"method" | "route" | "status">;
}

/** A registry of its own, so that several apps in one test process do not meet. */
export function makeMetrics(): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requestSeconds = new Histogram({
    name: "darasa_api_request_seconds",
    help: "Time to answer, by declared route.",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers: [registry],
  });
  return { registry, requestSeconds };
}
