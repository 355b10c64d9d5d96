import { readFileSync } from "node:fs";
import { createTestDatabase, type TestDatabase } from "@darasa/database/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startConformanceSchool, type RunningSchool } from "./conformanceSchool.ts";
import { ruleCount, runRules } from "./runRules.mjs";

let database: TestDatabase;
let running: RunningSchool;

beforeAll(async () => {
  database = await createTestDatabase();
  running = await startConformanceSchool(database, ruleCount * 2);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

it("a client that was written from the SPEC alone finds its rules kept", async () => {
  const results = await runRules(running.school, { short: true });
  expect(results.filter(({ fault }) => fault !== null)).toEqual([]);
  expect(results.length).toBeGreaterThan(50);
});

it("that client imports nothing", () => {
  const source = readFileSync(new URL("client.mjs", import.meta.url), "utf8");
  expect(source).not.toMatch(/^import |\bimport\(|\brequire\(/m);
});
