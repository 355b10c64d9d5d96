import { resolve } from "node:path";
import * as z from "zod";
import { logLevels } from "./log.ts";
import { contradictionsOfMedia, mediaPairs, mediaSettings } from "./media/mediaSettings.ts";
import { makeTrustedProxies } from "./middleware/trustedProxies.ts";
import { recordingPairs, recordingSettings } from "./recordings/recordingSettings.ts";
import { Secret } from "./secret.ts";

const minKeyBytes = 32;

const secretText = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));

const webUrl = z.url({ protocol: /^https?$/ });

const symmetricKey = z
  .base64url()
  .transform((text) => new Uint8Array(Buffer.from(text, "base64url")))
  .refine((key) => key.length >= minKeyBytes)
  .transform((key) => new Secret(key));

const ed25519Jwk = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  kid: z.string().min(1),
  x: z.base64url(),
  d: z.base64url(),
});

/** One key, or a JWK Set (RFC 7517 §5): the first signs, the tokens of the others are still believed. */
const accessTokenKeys = z
  .union([
    ed25519Jwk.transform((key): [typeof key] => [key]),
    z.object({ keys: z.tuple([ed25519Jwk], ed25519Jwk) }).transform(({ keys }) => keys),
  ])
  .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, {
    message: "has two keys with the same kid",
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

/** At least one. */
const webUrls = commaList.pipe(z.tuple([webUrl], webUrl));

const proxies = commaList.refine((list) => {
  try {
    makeTrustedProxies(list);
    return true;
  } catch {
    return false;
  }
}, "has an entry that is neither an address nor a CIDR range");

const redisUrl = z.url({ protocol: /^rediss?$/ }).transform((text) => new Secret(text));

/** Origins as browsers write them: nothing but scheme, host and port. */
const httpsOrigins = commaList.refine(
  (list) => list.every((text) => isHttpsOrigin(text)),
  "has an entry that is not an https origin",
);

const smtpUrl = z.url({ protocol: /^smtps?$/ }).transform((text) => new Secret(text));

/** `a@b.example` or `Name <a@b.example>`, on one line. */
const mailbox = z
  .string()
  .regex(/^[^\p{Cc}<>]*(?:<[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+>|[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+)$/u);

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const port = z.coerce.number().pipe(z.int().min(0).max(65_535));

/** Every setting of the process; nothing else reads the environment. */
const schema = z.object({
  NODE_ENV: z.enum(["production", "development"]).default("development"),
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  REALTIME_URL: webUrls.default(["http://127.0.0.1:3001"]),
  PUBLIC_URL: webUrl.optional(),
  DATABASE_URL: secretText,
  TICKET_KEY: symmetricKey,
  DATA_KEY: symmetricKey,
  ACCESS_TOKEN_KEY: json(accessTokenKeys).transform((keys) => new Secret(keys)),
  DEMO_KEY: secretText.optional(),
  CLIENT_DIR: z.string().default(resolve(import.meta.dirname, "../../client/dist")),
  TRUSTED_PROXIES: proxies.default(["127.0.0.0/8", "::1"]),
  ICE_SERVERS: json(iceServers).default([]),
  TURN_URL: commaList.optional(),
  TURN_SECRET: secretText.optional(),
  ...mediaSettings,
  ...recordingSettings,
  REDIS_URL: redisUrl.optional(),
  CORS_ORIGINS: httpsOrigins.default([]),
  METRICS_TOKEN: secretText.optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailbox.optional(),
  SCHOOL_SIGN_UP: flag.default(false),
  SCHOOL_MEDIA_PRIVATE: flag.default(false),
  SCHOOL_JITSI_DOMAINS: commaList.default([]),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  TLDRAW_LICENSE_KEY: z.string().optional(),
  // Shorter than two heartbeats of the gateways, and a class would end under its teacher.
  LIVE_CLASS_IDLE_MINUTES: z.coerce.number().pipe(z.number().min(1)).default(10),
  LOG_LEVEL: z.enum(logLevels).default("info"),
});

/** Neither is of use without the other. */
const pairs = [
  ["TURN_URL", "TURN_SECRET"],
  ["TLS_CERT_FILE", "TLS_KEY_FILE"],
  ["SMTP_URL", "MAIL_FROM"],
  ...mediaPairs,
  ...recordingPairs,
] as const;

/** Every environment variable that the process reads; `infra/.env.example` names exactly these. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

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
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const parsed = schema.safeParse(given);
  const problems = new Map(contradictions(given));
  for (const { path, message } of parsed.error?.issues ?? []) {
    problems.set(String(path[0]), plain(message));
  }
  if (parsed.success && problems.size === 0) return Object.freeze(parsed.data);
  throw new ConfigError([...problems].map(([name, problem]) => `${name}: ${problem}`));
}

type Problem = readonly [name: string, problem: string];

/** Settings that are well-formed and do not go together. */
function contradictions(given: NodeJS.ProcessEnv): Problem[] {
  const halves = pairs
    .filter(([one, other]) => (given[one] === undefined) !== (given[other] === undefined))
    .map(([one, other]): Problem => [other, `goes together with ${one}`]);
  // A link in a mail must not go where somebody's `Host` header says.
  const mail: Problem[] =
    given["SMTP_URL"] && !given["PUBLIC_URL"]
      ? [["PUBLIC_URL", "is required where mail is sent"]]
      : [];
  const isProduction = given["NODE_ENV"] === "production";
  return [
    ...halves,
    ...contradictionsOfMedia(given),
    ...mail,
    ...(isProduction ? unsafeInProduction(given) : []),
  ];
}

function unsafeInProduction(given: NodeJS.ProcessEnv): Problem[] {
  const problems: Problem[] = [];
  if (!given["PUBLIC_URL"]?.startsWith("https://")) {
    problems.push(["PUBLIC_URL", "is required in production and must be https"]);
  }
  if (given["DEMO_KEY"]) problems.push(["DEMO_KEY", "must not be set in production"]);
  if (given["SCHOOL_SIGN_UP"] === "true" && !given["SMTP_URL"]) {
    problems.push(["SCHOOL_SIGN_UP", "needs SMTP_URL in production"]);
  }
  return problems;
}

function isHttpsOrigin(text: string): boolean {
  return URL.canParse(text) && text.startsWith("https://") && new URL(text).origin === text;
}

/** Zod's messages may quote what they received; ours never do. */
function plain(message: string): string {
  return message.replace(/, received .*$/s, "");
}
