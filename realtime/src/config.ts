import * as z from "zod";
import { logLevels } from "./log.ts";
import { parseRedisAddress } from "./nodes/redisAddress.ts";
import { Secret } from "./secret.ts";
import { makeTrustedProxies } from "./transport/remoteAddress.ts";

const minKeyBytes = 32;

const secret = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));

const ticketKey = z
  .base64url()
  .transform((text) => Uint8Array.from(Buffer.from(text, "base64url")))
  .refine((key) => key.length >= minKeyBytes, `needs at least ${minKeyBytes} bytes`)
  .transform((key) => new Secret(key));

const redisAddress = z.string().transform((text, context) => {
  try {
    return new Secret(parseRedisAddress(text));
  } catch (error) {
    // The message shows nothing of the address, which may have a password.
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "bad" });
    return z.NEVER;
  }
});

const trustedProxies = z.string().transform((list, context) => {
  try {
    return makeTrustedProxies(list);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "bad" });
    return z.NEVER;
  }
});

const schema = z
  .object({
    NODE_ENV: z.enum(["production", "development"]).default("development"),
    HOST: z.string().min(1).default("127.0.0.1"),
    /** 0: any free port. */
    REALTIME_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
    /** Its origin is the only one that browsers may connect from. */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    DATABASE_URL: secret,
    DATABASE_WRITER_URL: secret,
    TICKET_KEY: ticketKey,
    /** Where the nodes meet; without it this one is alone. */
    REDIS_URL: redisAddress.optional(),
    TRUSTED_PROXIES: trustedProxies.prefault("127.0.0.0/8,::1"),
    LOG_LEVEL: z.enum(logLevels).default("info"),
    /** Shows /metrics to whoever brings it; without it they are for this machine only. */
    METRICS_TOKEN: secret.optional(),
    /** Where a process that ends while Postgres is away keeps what it could not store. */
    SPILL_FOLDER: z.string().min(1).optional(),
    /** How many times as generous the limits per person and per address are; 1 but for load tests. */
    LIMITS_SCALE: z.coerce.number().min(1).max(1_000_000).default(1),
  })
  .refine(
    ({ NODE_ENV, PUBLIC_URL }) =>
      NODE_ENV !== "production" || PUBLIC_URL?.startsWith("https://") === true,
    { path: ["PUBLIC_URL"], message: "is needed in production, with https", when: () => true },
  );

/** Every environment variable that the process reads; `infra/.env.example` names exactly these. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/** The settings of this process, checked. */
export type Config = Readonly<z.infer<typeof schema>>;

/** The settings do not do; `problems` names each of them and shows no value. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super("The settings are not usable.");
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/**
 * Reads the settings of this process; an empty value counts as none.
 *
 * @throws ConfigError with all problems at once
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new ConfigError(parsed.error.issues.map(({ path, message }) => problem(path, message)));
}

/** Zod may say what it got; that could be a secret. */
function problem(path: readonly PropertyKey[], message: string): string {
  return `${path.map(String).join(".")}: ${message.split(", received")[0] ?? ""}`;
}
