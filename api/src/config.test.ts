import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ConfigError, loadConfig } from "./config.ts";

const jwk = { kty: "OKP", crv: "Ed25519", kid: "k1", x: "eHh4", d: "ZGRk" };
const enough = {
  DATABASE_URL: "postgres://app:hunter2@localhost/darasa",
  TICKET_KEY: Buffer.alloc(32, 1).toString("base64url"),
  DATA_KEY: Buffer.alloc(32, 2).toString("base64url"),
  ACCESS_TOKEN_KEY: JSON.stringify(jwk),
};

const longSecret = "sesame, and as many bytes as it takes";
const liveKit = { LIVEKIT_URL: "wss://x", LIVEKIT_API_KEY: "k", LIVEKIT_API_SECRET: longSecret };
const jitsi = { JITSI_DOMAIN: "x.example", JITSI_APP_ID: "d", JITSI_APP_SECRET: longSecret };
const pem = Buffer.from("-----BEGIN PRIVATE KEY-----").toString("base64");

/** The names that are complained about. */
function problems(environment: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message).not.toMatch(/hunter2|sesame/);
    return error.problems.map((problem) => problem.split(":")[0] ?? "");
  }
}

test("little is needed, the rest has defaults", () => {
  const config = loadConfig(enough);
  expect(config).toMatchObject({
    NODE_ENV: "development",
    HOST: "127.0.0.1",
    PORT: 3000,
    REALTIME_URL: ["http://127.0.0.1:3001"],
    ICE_SERVERS: [],
    LIVE_CLASS_IDLE_MINUTES: 10,
    LOG_LEVEL: "info",
  });
  expect(config.CLIENT_DIR).toMatch(/client\/dist$/);
});

test("all problems are named at once", () => {
  expect(problems({ PORT: "99999", ICE_SERVERS: "{", LOG_LEVEL: "loud" })).toEqual(
    expect.arrayContaining([
      "DATABASE_URL",
      "TICKET_KEY",
      "ACCESS_TOKEN_KEY",
      "PORT",
      "ICE_SERVERS",
      "LOG_LEVEL",
    ]),
  );
});

test("a variable set to nothing counts as not set", () => {
  expect(loadConfig({ ...enough, PUBLIC_URL: "", DEMO_KEY: "", PORT: "" }).PORT).toBe(3000);
});

test.each([
  ["a short ticket key", { TICKET_KEY: "c2VzYW1l" }, "TICKET_KEY"],
  ["a key of another kind", { ACCESS_TOKEN_KEY: '{"kty":"RSA"}' }, "ACCESS_TOKEN_KEY"],
  ["TURN without a secret", { TURN_URL: "turn:x" }, "TURN_SECRET"],
  [
    "mail without a sender",
    { SMTP_URL: "smtp://x", PUBLIC_URL: "http://school.example" },
    "MAIL_FROM",
  ],
  ["mail without an own address", { SMTP_URL: "smtp://x", MAIL_FROM: "a@b.example" }, "PUBLIC_URL"],
  ["a sender of two lines", { MAIL_FROM: "a@b.example\nBcc: c@d.example" }, "MAIL_FROM"],
  [
    "mail by post",
    {
      SMTP_URL: "https://sesame@mail.example",
      MAIL_FROM: "a@b.example",
      PUBLIC_URL: "http://school.example",
    },
    "SMTP_URL",
  ],
  ["a word for a flag", { SCHOOL_SIGN_UP: "perhaps" }, "SCHOOL_SIGN_UP"],
  ["half of TLS", { TLS_CERT_FILE: "cert.pem" }, "TLS_KEY_FILE"],
  ["no web address", { PUBLIC_URL: "ftp://school.example" }, "PUBLIC_URL"],
  ["a proxy by name", { TRUSTED_PROXIES: "127.0.0.1, proxy.example" }, "TRUSTED_PROXIES"],
  [
    "a class that ends between two heartbeats",
    { LIVE_CLASS_IDLE_MINUTES: "0.5" },
    "LIVE_CLASS_IDLE_MINUTES",
  ],
  ["half of a LiveKit", { LIVEKIT_URL: "wss://x", LIVEKIT_API_KEY: "k" }, "LIVEKIT_API_SECRET"],
  [
    "a LiveKit's secret of few bytes",
    { ...liveKit, LIVEKIT_API_SECRET: "short" },
    "LIVEKIT_API_SECRET",
  ],
  ["a LiveKit that is no server", { ...liveKit, LIVEKIT_URL: "file:///x" }, "LIVEKIT_URL"],
  [
    "a Jitsi that lets everybody in",
    { JITSI_DOMAIN: "x.example", JITSI_APP_ID: "d" },
    "JITSI_APP_SECRET",
  ],
  ["a Jitsi by its address", { ...jitsi, JITSI_DOMAIN: "https://x.example" }, "JITSI_DOMAIN"],
  [
    "a Jitsi with half a pair of keys",
    { ...jitsi, JITSI_PRIVATE_KEY: pem, JITSI_APP_SECRET: "" },
    "JITSI_PUBLIC_KEY",
  ],
  [
    "a Jitsi that believes two ways",
    { ...jitsi, JITSI_PRIVATE_KEY: pem, JITSI_PUBLIC_KEY: pem },
    "JITSI_PRIVATE_KEY",
  ],
  ["no ICE servers", { ICE_SERVERS: '[{"url":"stun:x"}]' }, "ICE_SERVERS"],
])("%s is refused", (_what, change: NodeJS.ProcessEnv, name) => {
  expect(problems({ ...enough, ...change })).toEqual([name]);
});

test("production wants https and no demo link", () => {
  const production = { ...enough, NODE_ENV: "production" };
  expect(problems(production)).toEqual(["PUBLIC_URL"]);
  expect(
    problems({ ...production, PUBLIC_URL: "http://school.example", DEMO_KEY: "sesame" }),
  ).toEqual(["PUBLIC_URL", "DEMO_KEY"]);
  const published = { ...production, PUBLIC_URL: "https://school.example" };
  expect(problems(published)).toEqual([]);
  expect(problems({ ...published, SCHOOL_SIGN_UP: "true" })).toEqual(["SCHOOL_SIGN_UP"]);
  const mail = { SMTP_URL: "smtp://u:hunter2@x", MAIL_FROM: "Darasa <no-reply@school.example>" };
  expect(problems({ ...published, ...mail, SCHOOL_SIGN_UP: "true" })).toEqual([]);
});

test("secrets do not show when settings are printed", () => {
  const config = loadConfig({
    ...enough,
    DEMO_KEY: "sesame",
    TURN_URL: "turn:x",
    TURN_SECRET: "sesame",
    ...liveKit,
    ...jitsi,
  });
  for (const shown of [
    JSON.stringify(config),
    inspect(config, { depth: 9 }),
    String(config.DATABASE_URL),
  ]) {
    expect(shown).not.toMatch(/hunter2|sesame|ZGRk/);
    expect(shown).toContain("[secret]");
  }
});
