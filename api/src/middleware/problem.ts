import { DarasaError, errorTable, type ErrorCode } from "@darasa/protocol";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";

/** Where nobody knows how long it takes: soon, but not at once. */
const defaultRetryAfterSeconds = 2;

/**
 * The one catch of the API: every error becomes problem+json (RFC 9457) with a code of the one table.
 * What is not ours is logged with its stack and answered as `internal`, never with its text.
 */
export function answerProblem(
  services: Pick<Services, "log">,
): (error: unknown, http: Context<ApiEnv>) => Response {
  return (error, http) => {
    const known = recognize(error);
    if (!known || isAway(known)) {
      services.log(known ? "warn" : "error", known ? "a dependency is away" : "unexpected error", {
        requestId: http.get("requestId"),
        method: http.req.method,
        route: http.get("routePath"),
        error,
      });
    }
    return writeProblem(http, known ?? new DarasaError("internal"));
  };
}

function writeProblem(http: Context<ApiEnv>, error: DarasaError): Response {
  const { httpStatus, message } = errorTable[error.code];
  const details = error.details ?? {};
  writeHints(http, httpStatus, details);
  http.header("Cache-Control", "no-store");
  http.header("Content-Type", "application/problem+json");
  const { detail } = details;
  const problem = {
    type: `urn:darasa:problem:${error.code}`,
    title: message,
    status: httpStatus,
    code: error.code,
    ...(typeof detail === "string" ? { detail } : {}),
  };
  return http.body(JSON.stringify(problem), httpStatus as ContentfulStatusCode);
}

/** What else a refusal of that status must say (RFC 9110 §10.2.1, §10.2.3, §11.6.1). */
function writeHints(
  http: Context<ApiEnv>,
  httpStatus: number,
  details: Readonly<Record<string, unknown>>,
): void {
  if (httpStatus === 401) http.header("WWW-Authenticate", "Bearer");
  if (httpStatus === 405) http.header("Allow", String(details["allow"]));
  if (httpStatus !== 429 && httpStatus !== 503) return;
  const seconds = Number(details["retryAfterSeconds"] ?? defaultRetryAfterSeconds);
  http.header("Retry-After", String(seconds));
}

/** Whether something that we need did not do its part, which is the operator's to know. */
function isAway({ code, cause }: DarasaError): boolean {
  return code === "unavailable" || (errorTable[code].httpStatus === 503 && cause !== undefined);
}

function recognize(error: unknown): DarasaError | null {
  if (error instanceof DarasaError) return error;
  if (error instanceof HTTPException) return new DarasaError(codeOf(error.status));
  return null;
}

/** What Hono itself refuses: unreadable JSON, a wrong content type. */
function codeOf(status: number): ErrorCode {
  switch (status) {
    case 400:
      return "bad_frame";
    case 401:
      return "unauthenticated";
    case 404:
      return "not_found";
    case 413:
      return "too_large";
    case 415:
      return "bad_request";
    default:
      return "internal";
  }
}
