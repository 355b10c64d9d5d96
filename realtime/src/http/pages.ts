import type { HttpPages, PageCaller } from "../transport/httpPages.ts";
import type { HttpReply } from "../transport/transport.ts";
import { authorizeOperator } from "./authorizeOperator.ts";
import { readiness, type ReadinessParts } from "./health.ts";
import { metricsPage, type MetricsText } from "./metricsRoute.ts";

/** What the gateway's own pages show. */
export interface PageParts extends ReadinessParts {
  readonly metrics: MetricsText;
  /** Who has it sees the figures from anywhere; null: they are for this machine only. */
  readonly metricsToken: string | null;
}

type Page = (caller: PageCaller) => Promise<HttpReply>;

/** `/livez`, `/readyz` and `/metrics`; everything else is 404, every other method 405. */
export function createPages(parts: PageParts): HttpPages {
  const pages: Readonly<Record<string, Page>> = {
    "/livez": () => Promise.resolve(plain(200, "alive")),
    "/readyz": () => readiness(parts),
    "/metrics": (caller) => figures(parts, caller),
  };
  return async (method, path, caller) => {
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page === undefined) return plain(404, "not found");
    return method === "GET" ? page(caller) : plain(405, "only GET");
  };
}

async function figures(
  { metrics, metricsToken }: PageParts,
  caller: PageCaller,
): Promise<HttpReply> {
  switch (authorizeOperator(caller, metricsToken)) {
    case "allowed":
      return metricsPage(metrics);
    case "unauthenticated":
      return plain(401, "unauthenticated");
    case "hidden":
      return plain(404, "not found");
  }
}

function plain(status: number, body: string): HttpReply {
  return { status, contentType: "text/plain; charset=utf-8", body: `${body}\n` };
}
