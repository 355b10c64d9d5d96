import { z } from "@hono/zod-openapi";
import { DarasaError } from "@darasa/protocol";

/** Well below what the database takes of all of them together. */
const maxTotalBytes = 2_048;
const maxEntries = 50;

const nameSchema = z.string().regex(/^[A-Za-z][\w.-]{0,39}$/);
const valueSchema = z.union([z.string().max(200), z.number(), z.boolean()]);

/** What a person chose for themselves, by names that the client makes up. */
export const preferencesSchema = z.record(nameSchema, valueSchema).openapi("Preferences");

export type Preferences = z.infer<typeof preferencesSchema>;

/** A change: what is named is set, null takes it away, the rest stays. */
export const preferencesChangeSchema = z
  .record(nameSchema, z.union([valueSchema, z.null()]))
  .refine((change) => Object.keys(change).length <= maxEntries, {
    message: `must have at most ${maxEntries} entries`,
  });

export type PreferencesChange = z.infer<typeof preferencesChangeSchema>;

/** The preferences after the change. @throws DarasaError bad_request when they have become too many */
export function applyPreferences(known: Preferences, change: PreferencesChange): Preferences {
  const wanted = Object.entries({ ...known, ...change });
  const kept = Object.fromEntries(
    wanted.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  );
  const isTooMuch =
    Object.keys(kept).length > maxEntries ||
    Buffer.byteLength(JSON.stringify(kept)) > maxTotalBytes;
  if (isTooMuch) {
    throw new DarasaError("bad_request", { details: { detail: "preferences: too many" } });
  }
  return kept;
}
