import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findJourneyLanes } from "./journeyLanes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("every journey runs once, and beside those with video only others of them", async () => {
  const rounds = await findJourneyLanes(root);
  const files = (await readdir(`${root}/client/e2e`)).filter((file) => file.endsWith(".test.ts"));
  expect(rounds.flat(2).toSorted()).toEqual(files.map((file) => `client/e2e/${file}`).toSorted());
  const [video] = rounds;
  expect(video?.flat().toSorted()).toEqual(
    ["failover", "livekit", "livekitClass", "media", "mesh", "picture", "thinLine"].map(
      (name) => `client/e2e/${name}.test.ts`,
    ),
  );
});
