import type { HttpBindings } from "@hono/node-server";
import type { Caller } from "./access.ts";

/** What Hono's context carries for one request. */
export interface ApiEnv {
  /** Absent when a test calls the app in-process. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** Where the request comes from, as limits tell visitors apart: an IPv6 household is one. */
    clientAddress: string;
    /** It comes from this machine or from one of the trusted proxies themselves, not from behind them. */
    isFromOperator: boolean;
    /** `http` or `https`, as the browser sees it. */
    scheme: "http" | "https";
    /** The `Host` that the browser asked for. */
    host: string;
    /** The path as it was declared, for metrics: never the one asked for. */
    routePath: string;
    caller: Caller | null;
  };
}
