import { STATUS_CODES } from "node:http";
import type { HttpReply, UpgradeRefusal } from "./transport.ts";

/** Who asks for a page. Never logged: it may hold a token. */
export interface PageCaller {
  readonly peerAddress: string;
  /** Each is empty when it was not given. */
  readonly forwardedFor: string;
  readonly authorization: string;
}

/** Answers what is no WebSocket: health and metrics. Never rejects; unknown paths are 404. */
export type HttpPages = (method: string, path: string, caller: PageCaller) => Promise<HttpReply>;

/** How an upgrade is refused. */
export interface Refusal {
  readonly status: number;
  readonly reason: UpgradeRefusal;
}

/** The process was asked to end. */
export const draining: Refusal = { status: 503, reason: "draining" };

/** The status line's text, such as `404 Not Found`. */
export function httpStatusText(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ""}`;
}
