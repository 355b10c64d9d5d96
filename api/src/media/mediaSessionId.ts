import { createHash } from "node:crypto";

/**
 * The UUID that stands for this in attendance: the first 16 bytes of the SHA-256 of its parts. The same word twice is
 * the same row.
 */
export function mediaSessionId(...parts: readonly [provider: string, ...string[]]): string {
  const hex = createHash("sha256").update(parts.join(":")).digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
