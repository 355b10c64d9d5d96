import { createTestDatabase } from "@darasa/database/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { scenarioNames } from "../profiles.ts";
import { findTestProgram } from "../../infra/database/src/testing/testProgram.ts";
import { describeMeasures } from "./describeMeasures.ts";
import { startLoadNodes, type LoadNodes } from "./loadNodes.ts";
import { runApiTokens } from "./runApiTokens.ts";
import { runScenario } from "./runScenario.ts";

const k6 = findTestProgram("k6");
const toxiproxy = findTestProgram("toxiproxy");
const missing = [k6, toxiproxy].flatMap((found) => ("missing" in found ? [found.missing] : []));
const title = ["load, smoke", ...missing].join(": ");

describe.skipIf(missing.length > 0)(title, () => {
  // One gateway for all: each has a school of its own, and waits more than it works.
  let nodes: LoadNodes;
  beforeAll(async () => {
    const database = await createTestDatabase();
    nodes = await startLoadNodes(database, 1);
    return async () => {
      await nodes.stop();
      await database.drop();
    };
  });

  // Those that take longest come first.
  it.concurrent.each(scenarioNames.toReversed())(
    "%s",
    async (scenario) => {
      const { exitCode, measures, said } = await (scenario === "apiTokens"
        ? runApiTokens("smoke")
        : runScenario(nodes, { scenario, profile: "smoke" }));
      expect(exitCode, `${describeMeasures(measures)}\n${said}`).toBe(0);
    },
    120_000,
  );
});
