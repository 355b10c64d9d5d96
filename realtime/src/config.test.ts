import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ConfigError, loadConfig } from "./config.ts";
import { isTrusted } from "./transport/remoteAddress.ts";

const key = Buffer.alloc(32, 1).toString("base64url");
const good = {
  DATABASE_URL: "postgres://app:hidden@db/darasa",
  DATABASE_WRITER_URL: "postgres://writer:hidden@db/darasa",
  TICKET_KEY: key,
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test("what is not given has a default that listens on this machine only", () => {
  const config = loadConfig({ ...good, HOST: "" });
  expect(config).toMatchObject({ HOST: "127.0.0.1", REALTIME_PORT: 3001, LOG_LEVEL: "info" });
  expect(isTrusted(config.TRUSTED_PROXIES, "127.0.0.1")).toBe(true);
  expect(isTrusted(config.TRUSTED_PROXIES, "198.51.100.1")).toBe(false);
});

test("all problems are told at once, by name and without a value", () => {
  const problems = problemsOf({
    REALTIME_PORT: "70000",
    TICKET_KEY: "c2hvcnQ",
    TRUSTED_PROXIES: "everybody",
    LOG_LEVEL: "loud",
  }).join("\n");
  for (const name of [
    "REALTIME_PORT",
    "TICKET_KEY",
    "TRUSTED_PROXIES",
    "LOG_LEVEL",
    "DATABASE_URL",
    "DATABASE_WRITER_URL",
  ]) {
    expect(problems).toContain(name);
  }
  expect(problems).not.toContain("c2hvcnQ");
});

test("production needs to know its address, and that it is encrypted", () => {
  const production = { ...good, NODE_ENV: "production" };
  expect(problemsOf(production).join()).toContain("PUBLIC_URL");
  expect(problemsOf({ ...production, PUBLIC_URL: "http://school.example" }).join()).toContain(
    "https",
  );
  expect(problemsOf({ ...production, PUBLIC_URL: "https://school.example" })).toEqual([]);
});

test("limits are made wider by a number, and never narrower", () => {
  expect(loadConfig(good).LIMITS_SCALE).toBe(1);
  expect(loadConfig({ ...good, LIMITS_SCALE: "1000" }).LIMITS_SCALE).toBe(1_000);
  for (const scale of ["0.5", "0", "-1", "many", "Infinity"]) {
    expect(problemsOf({ ...good, LIMITS_SCALE: scale }).join(), scale).toContain("LIMITS_SCALE");
  }
});

test("secrets show in no log", () => {
  const config = loadConfig(good);
  for (const shown of [
    JSON.stringify(config),
    inspect(config, { depth: 5 }),
    String(config.TICKET_KEY),
  ]) {
    expect(shown).not.toContain("hidden");
    expect(shown).not.toContain(key);
    expect(shown).not.toContain("1, 1, 1");
  }
  expect(config.DATABASE_URL.reveal()).toBe(good.DATABASE_URL);
});
