import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "@hono/zod-openapi";

/** A class PIN: 4 to 8 digits, spaces around them forgiven. */
export const pinSchema = z
  .string()
  .max(32)
  .transform((pin) => pin.replace(/\s/gu, ""))
  .pipe(z.string().regex(/^[0-9]{4,8}$/))
  .openapi({ example: "4071" });

/** Whether they are the same, in a time that tells nothing. */
export function isSamePin(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(pin: string): Buffer {
  return createHash("sha256").update(pin).digest();
}
