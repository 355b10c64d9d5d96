import { createTestDatabase } from "@darasa/database/testing";
import { describe, expect, it } from "vitest";
import { scenarioNames } from "../profiles.ts";
import { findTestProgram } from "../school/testProgram.ts";
import { describeMeasures } from "./describeMeasures.ts";
import { runApiTokens } from "./runApiTokens.ts";
import type { K6Outcome } from "./runK6.ts";
import { runScenario } from "./runScenario.ts";

const k6 = findTestProgram("k6");
const toxiproxy = findTestProgram("toxiproxy");
const missing = [k6, toxiproxy].flatMap((found) => ("missing" in found ? [found.missing] : []));
const title = ["load, smoke", ...missing].join(": ");

describe.skipIf(missing.length > 0)(title, () => {
  // Each waits more than it works.
  it.concurrent.each(scenarioNames)(
    "%s",
    async (scenario) => {
      const { exitCode, measures, said } = await run(scenario);
      expect(exitCode, `${describeMeasures(measures)}\n${said}`).toBe(0);
    },
    120_000,
  );
});

async function run(scenario: (typeof scenarioNames)[number]): Promise<K6Outcome> {
  if (scenario === "apiTokens") return runApiTokens("smoke");
  const database = await createTestDatabase();
  try {
    return await runScenario({ database, scenario, profile: "smoke", nodes: 1 });
  } finally {
    await database.drop();
  }
}
