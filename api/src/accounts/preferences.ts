import { z } from "@hono/zod-openapi";

const maxEntries = 50;

const nameSchema = z.string().regex(/^[A-Za-z][\w.-]{0,39}$/);

/** What a person chose for themselves, by names that the client makes up. */
export const preferencesSchema = z
  .record(nameSchema, z.union([z.string().max(200), z.number(), z.boolean()]))
  .openapi("Preferences");

export type Preferences = z.infer<typeof preferencesSchema>;

/** A change: what is named is set, null takes it away, the rest stays. */
export const preferencesChangeSchema = z
  .record(nameSchema, z.union([z.string().max(200), z.number(), z.boolean(), z.null()]))
  .refine((change) => Object.keys(change).length <= maxEntries);

export type PreferencesChange = z.infer<typeof preferencesChangeSchema>;
