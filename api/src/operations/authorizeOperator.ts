import { createHash, timingSafeEqual } from "node:crypto";
import { DarasaError } from "@darasa/protocol";
import type { Context } from "hono";
import { readBearer } from "../middleware/readBearer.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";

/**
 * Whether figures may be shown: in production only to this machine, to the trusted proxies themselves, and to whoever
 * has METRICS_TOKEN. They tell of no person, but of how much goes on at a school.
 * @throws DarasaError unauthenticated
 */
export function authorizeOperator(
  { config }: Pick<Services, "config">,
  http: Context<ApiEnv>,
): void {
  if (config.NODE_ENV !== "production" || http.get("isFromOperator")) return;
  const token = readBearer(http.req.header("authorization"));
  const expected = config.METRICS_TOKEN?.reveal();
  if (token !== null && expected !== undefined && isSame(token, expected)) return;
  throw new DarasaError("unauthenticated");
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
