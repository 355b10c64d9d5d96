/** Why a socket was closed and whether the client may come back by itself (SPEC C1). Dependency-free. */
export interface CloseReason {
  readonly code: number;
  /** At most 123 bytes: RFC 6455 §5.5 leaves that much beside the code. */
  readonly reason: string;
  /** `fresh` means: come back, but with a new ticket fetched over HTTPS. */
  readonly reconnect: "yes" | "fresh" | "no";
}

export const closeReasons = {
  shutdown: { code: 1001, reason: "server is restarting", reconnect: "yes" },
  frame_too_large: { code: 1009, reason: "frame too large", reconnect: "yes" },
  bad_frame: { code: 4400, reason: "too many malformed frames", reconnect: "no" },
  unauthenticated: { code: 4401, reason: "ticket refused", reconnect: "fresh" },
  forbidden: { code: 4403, reason: "access ended", reconnect: "no" },
  hello_timeout: { code: 4408, reason: "no hello in time", reconnect: "fresh" },
  replaced: { code: 4409, reason: "replaced by another connection", reconnect: "no" },
  slow: { code: 4411, reason: "reading too slowly", reconnect: "yes" },
  rate_limited: { code: 4429, reason: "too many connections or messages", reconnect: "yes" },
  internal: { code: 4500, reason: "internal error", reconnect: "yes" },
  unavailable: { code: 4503, reason: "a dependency is away", reconnect: "yes" },
} as const satisfies Record<string, CloseReason>;

export type CloseName = keyof typeof closeReasons;

/** What to do after a close. A code that is not ours (1006 among them) means a lost network: come back. */
export function reconnectAfter(code: number): CloseReason["reconnect"] {
  const known = Object.values(closeReasons).find((row) => row.code === code);
  return known?.reconnect ?? "yes";
}
