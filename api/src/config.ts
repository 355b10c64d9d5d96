import { resolve } from "node:path";
import * as z from "zod";
import { logLevels } from "./log.ts";
import { Secret } from "./secret.ts";

const minTicketKeyBytes = 32;

const secretText = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));

const webUrl = z.url({ protocol: /^https?$/ });

const ticketKey = z
  .base64url()
  .transform((text) => new Uint8Array(Buffer.from(text, "base64url")))
  .refine((key) => key.length >= minTicketKeyBytes)
  .transform((key) => new Secret(key));

const ed25519Jwk = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  kid: z.string().min(1),
  x: z.base64url(),
  d: z.base64url(),
});

const iceServers = z.array(
  z.object({
    urls: z.union([z.string(), z.array(z.string())]),
    username: z.string().optional(),
    credential: z.string().optional(),
  }),
);

function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

const commaList = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);

const port = z.coerce.number().pipe(z.int().min(0).max(65_535));

/** Every setting of the process; nothing else reads the environment. */
const schema = z
  .object({
    NODE_ENV: z.enum(["production", "development"]).default("development"),
    HOST: z.string().default("127.0.0.1"),
    PORT: port.default(3000),
    REALTIME_URL: webUrl.default("http://127.0.0.1:3001"),
    PUBLIC_URL: webUrl.optional(),
    DATABASE_URL: secretText,
    TICKET_KEY: ticketKey,
    ACCESS_TOKEN_KEY: json(ed25519Jwk).transform((jwk) => new Secret(jwk)),
    DEMO_KEY: secretText.optional(),
    CLIENT_DIR: z.string().default(resolve(import.meta.dirname, "../../client/dist")),
    TRUSTED_PROXIES: commaList.default(["127.0.0.0/8", "::1"]),
    ICE_SERVERS: json(iceServers).default([]),
    TURN_URL: commaList.optional(),
    TURN_SECRET: secretText.optional(),
    TLS_CERT_FILE: z.string().optional(),
    TLS_KEY_FILE: z.string().optional(),
    TLDRAW_LICENSE_KEY: z.string().optional(),
    LIVE_CLASS_IDLE_MINUTES: z.coerce.number().pipe(z.number().positive()).default(10),
    LOG_LEVEL: z.enum(logLevels).default("info"),
  })
  .superRefine((settings, context) => {
    const complain = (name: string, message: string) =>
      context.addIssue({ code: "custom", path: [name], message });
    if ((settings.TURN_URL === undefined) !== (settings.TURN_SECRET === undefined)) {
      complain("TURN_SECRET", "goes together with TURN_URL");
    }
    if ((settings.TLS_CERT_FILE === undefined) !== (settings.TLS_KEY_FILE === undefined)) {
      complain("TLS_KEY_FILE", "goes together with TLS_CERT_FILE");
    }
    if (settings.NODE_ENV !== "production") return;
    if (!settings.PUBLIC_URL?.startsWith("https://")) {
      complain("PUBLIC_URL", "is required in production and must be https");
    }
    if (settings.DEMO_KEY !== undefined) complain("DEMO_KEY", "must not be set in production");
  });

/** The settings, validated and frozen. */
export type Config = Readonly<z.infer<typeof schema>>;

/** The environment is not usable; `problems` names every fault at once and shows no value. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/**
 * Reads the settings; a variable that is set to nothing counts as not set.
 * @throws ConfigError with all problems.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return Object.freeze(parsed.data);
  throw new ConfigError(
    parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${plain(issue.message)}`),
  );
}

/** Zod's messages may quote what they received; ours never do. */
function plain(message: string): string {
  return message.replace(/, received .*$/s, "");
}
