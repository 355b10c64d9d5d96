import type { HttpPages } from "../transport/httpPages.ts";
import type { HttpReply } from "../transport/transport.ts";
import { readiness, type ReadinessParts } from "./health.ts";
import { metricsPage, type MetricsText } from "./metricsRoute.ts";

/** What the gateway's own pages show. */
export interface PageParts extends ReadinessParts {
  readonly metrics: MetricsText;
}

/** `/livez`, `/readyz` and `/metrics`; everything else is 404, every other method 405. */
export function createPages(parts: PageParts): HttpPages {
  const pages: Readonly<Record<string, () => Promise<HttpReply>>> = {
    "/livez": () => Promise.resolve(plain(200, "alive")),
    "/readyz": () => readiness(parts),
    "/metrics": () => metricsPage(parts.metrics),
  };
  return async (method, path) => {
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page === undefined) return plain(404, "not found");
    return method === "GET" ? page() : plain(405, "only GET");
  };
}

function plain(status: number, body: string): HttpReply {
  return { status, contentType: "text/plain; charset=utf-8", body: `${body}\n` };
}
