import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findJourneyLanes } from "./journeyLanes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("every journey runs once, and those with video one after the other", async () => {
  const lanes = await findJourneyLanes(root);
  const files = (await readdir(`${root}/client/e2e`)).filter((file) => file.endsWith(".test.ts"));
  expect(lanes.flat().toSorted()).toEqual(files.map((file) => `client/e2e/${file}`).toSorted());
  const [video = []] = lanes;
  for (const name of ["failover", "liveClass", "livekit", "livekitClass", "media", "mesh"]) {
    expect(video).toContain(`client/e2e/${name}.test.ts`);
  }
});
