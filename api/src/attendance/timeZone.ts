import { z } from "@hono/zod-openapi";

/** An IANA time zone that this server's ICU knows. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, { message: "must be an IANA time zone" })
  .openapi({ example: "Africa/Dar_es_Salaam" });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
