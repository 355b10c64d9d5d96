import { expect, test } from "vitest";
import { makeLog } from "./log.ts";
import { Secret } from "./secret.ts";

function record(level: "debug" | "warn") {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { lines, log: makeLog({ level, now: () => 0, write }) };
}

test("writes one JSON line, with errors as text down to their cause", () => {
  const { lines, log } = record("debug");
  log("info", "hello", { n: 1, error: new Error("outer", { cause: new Error("inner") }) });
  expect(lines).toMatchObject([
    { time: "1970-01-01T00:00:00.000Z", level: "info", name: "api", msg: "hello", n: 1 },
  ]);
  expect(lines[0]?.["error"]).toMatch(/outer[\s\S]*caused by Error: inner/);
});

test("keeps to its level", () => {
  const { lines, log } = record("warn");
  log("info", "no");
  log("error", "yes");
  expect(lines).toMatchObject([{ msg: "yes" }]);
});

test("shows no secret", () => {
  const { lines, log } = record("debug");
  log("info", "settings", { key: new Secret("sesame") });
  expect(lines[0]?.["key"]).toBe("[secret]");
});
