import { STATUS_CODES } from "node:http";
import type { HttpReply } from "./transport.ts";

/** Answers what is no WebSocket: health and metrics. Never rejects; unknown paths are 404. */
export type HttpPages = (method: string, path: string) => Promise<HttpReply>;

/** The status line's text, such as `404 Not Found`. */
export function httpStatusText(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ""}`;
}
