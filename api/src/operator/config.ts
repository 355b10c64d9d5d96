import * as z from "zod";
import { Secret } from "../secret.ts";

const schema = z.object({
  DATABASE_URL: z
    .string()
    .min(1)
    .transform((text) => new Secret(text)),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
});

/** What the operator's command must know: the same two settings as the api has. */
export type OperatorConfig = Readonly<z.infer<typeof schema>>;

/** The settings, or the names of those that are missing or wrong. */
export function loadOperatorConfig(
  environment: NodeJS.ProcessEnv = process.env,
): OperatorConfig | { readonly missing: readonly string[] } {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return Object.freeze(parsed.data);
  return { missing: parsed.error.issues.map(({ path }) => String(path[0])) };
}
