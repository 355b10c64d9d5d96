import { createTestDatabase } from "@darasa/database/testing";
import { beforeAll, expect, test } from "vitest";
import { startLoadNodes, type LoadNodes } from "../load/loadNodes.ts";
import { runPointerFlood } from "./pointerFlood.ts";

let nodes: LoadNodes;
beforeAll(async () => {
  const database = await createTestDatabase();
  nodes = await startLoadNodes(database, 1);
  return async () => {
    await nodes.stop();
    await database.drop();
  };
});

test.each([
  ["[B2] pointers of many are told ten times a second at most, and of each the last", 40, 20],
  ["[B2] pointers of one, hundreds a second, are told ten times a second at most", 1, 500],
])("%s", async (_title, people, hertz) => {
  const outcome = await runPointerFlood(nodes, { people, hertz, seconds: 1.5 });
  expect(outcome).toMatchObject({ cut: [], wrong: 0 });
  expect(outcome.toldPerSecond).toBeGreaterThan(3);
  expect(outcome.toldPerSecond).toBeLessThanOrEqual(11);
  // 100 ms is what the long form asks for, on a machine that does nothing else.
  expect(outcome.loopLagP99Ms).toBeLessThan(500);
});
