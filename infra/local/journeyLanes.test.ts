import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findJourneyLanes } from "./journeyLanes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("every journey runs once, and those with video have the machine to themselves", async () => {
  const rounds = await findJourneyLanes(root);
  const files = (await readdir(`${root}/client/e2e`)).filter((file) => file.endsWith(".test.ts"));
  expect(rounds.flat(2).toSorted()).toEqual(files.map((file) => `client/e2e/${file}`).toSorted());
  const [video] = rounds;
  expect(video).toHaveLength(1);
  expect(video?.[0]).toContain("client/e2e/mesh.test.ts");
});
