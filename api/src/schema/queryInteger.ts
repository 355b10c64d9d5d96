import { z } from "@hono/zod-openapi";

/** A whole number in a query string, digits only: `""`, `1e9` and `-0` are none. */
export function queryInteger(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .openapi({ type: "integer", minimum: min, maximum: max });
}
