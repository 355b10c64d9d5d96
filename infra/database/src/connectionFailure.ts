import { DarasaError } from "@darasa/protocol";

/** Postgres SQLSTATE classes and codes that say "not now" about the server, never about the statement. */
const unavailableStates = [
  /^08/, // connection exceptions
  /^53/, // insufficient resources: too many connections, disk full, out of memory
  /^57P0[1-5]/, // shutting down, crashed, starting up
  /^57014$/, // statement timeout: our own, when the server is too slow to be of use
  /^25P0[34]$/, // its own timeouts of idle or long transactions
  /^58/, // system errors: I/O
];

const unavailableErrnos = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

/** What pg and slonik say without a code when a connection is cut or cannot be had in time. */
const unavailableTexts =
  /^(connection terminated|timeout expired|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|connection ended|cannot use a pool after)/i;

/** True when `error` tells that Postgres cannot be reached or cannot serve at present; looks into causes. */
export function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (unavailableErrnos.has(code) || unavailableStates.some((state) => state.test(code)))
    return true;
  if (unavailableTexts.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isConnectionFailure)) return true;
  return isConnectionFailure(error.cause);
}

/**
 * What `work` gives.
 * @throws DarasaError unavailable when Postgres cannot be reached; everything else as it was thrown.
 */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isConnectionFailure(error)) throw new DarasaError("unavailable", { cause: error });
    throw error;
  }
}

/** Postgres waited for a lock no longer than it was told to. */
const lockNotAvailable = "55P03";

/**
 * What `work` gives.
 * @throws DarasaError busy when another transaction holds what it needs; everything else as it was thrown.
 */
export async function orBusy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isHeld = error instanceof Error && "code" in error && error.code === lockNotAvailable;
    throw isHeld ? new DarasaError("busy", { cause: error }) : error;
  }
}

/**
 * What `work` gives, if it does within `deadlineMs`. The work is not stopped: it must find out itself
 * that nobody waits for it.
 * @throws DarasaError unavailable after the deadline.
 */
export async function withinDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DarasaError("unavailable", { details: { deadlineMs } }));
    }, deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
