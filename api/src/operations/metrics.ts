import type { Database } from "@darasa/database";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Counter } from "../limits/redisRateLimiter.ts";

/** What the process counts, for `/metrics`. */
export interface ApiMetrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<"method" | "route" | "status">;
  /** Notes where limits are counted from now on. */
  readonly countedBy: (counter: Counter) => void;
}

/** A registry of its own, so that several apps in one test process do not meet. */
export function makeMetrics(database: Pick<Database, "waiting">): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "darasa_api_database_waiting",
    help: "Transactions that wait for a connection.",
    registers: [registry],
    collect() {
      this.set(database.waiting);
    },
  });
  const requestSeconds = new Histogram({
    name: "darasa_api_request_seconds",
    help: "Time to answer, by declared route.",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers: [registry],
  });
  const limitsCountedBy = new Gauge({
    name: "darasa_api_limits_counted_by",
    help: "1 for what counts limits now: redis, or this process's own memory.",
    labelNames: ["counter"] as const,
    registers: [registry],
  });
  const countedBy = (counter: Counter) => {
    limitsCountedBy.set({ counter: "redis" }, counter === "redis" ? 1 : 0);
    limitsCountedBy.set({ counter: "memory" }, counter === "memory" ? 1 : 0);
  };
  countedBy("memory");
  return { registry, requestSeconds, countedBy };
}
