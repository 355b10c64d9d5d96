import { errorTable, type ErrorCode } from "@darasa/protocol";

/** A code of the protocol's table, or `unreachable`: no answer came at all. */
export type ProblemCode = ErrorCode | "unreachable";

/** A request that did not succeed. `code` has its words in the catalogue under `errors.<code>`. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** How long to wait before another try, where the server says so (Retry-After, RFC 9110 §10.2.3). */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    options: { status?: number; cause?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = "ApiProblem";
    this.code = code;
    this.status = options.status ?? 0;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/**
 * The problem that an answer's body (application/problem+json, RFC 9457) tells; by its status where a
 * proxy answered in the server's place.
 */
export function decodeProblem(
  body: unknown,
  { status, headers }: Pick<Response, "status" | "headers">,
): ApiProblem {
  const seconds = Number(headers.get("Retry-After") ?? Number.NaN);
  return new ApiProblem(codeOf(body) ?? codeByStatus(status), {
    status,
    retryAfterSeconds: Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined,
  });
}

/** What `error` means to a person: its own code, or `internal` for everything unforeseen. */
export function problemCode(error: unknown): ProblemCode {
  return error instanceof ApiProblem ? error.code : "internal";
}

function codeOf(body: unknown): ErrorCode | undefined {
  if (typeof body !== "object" || body === null || !("code" in body)) return undefined;
  const { code } = body;
  return typeof code === "string" && isErrorCode(code) ? code : undefined;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}

function codeByStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return "unauthenticated";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 413:
      return "too_large";
    case 429:
      return "rate_limited";
    case 502:
    case 503:
    case 504:
      return "unavailable";
    default:
      return status < 500 ? "bad_request" : "internal";
  }
}
