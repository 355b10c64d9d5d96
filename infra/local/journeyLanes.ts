import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Browsers that encode video want both cores: two lanes of them, and nothing else beside. */
const video = [
  ["livekitClass", "mesh"],
  ["failover", "livekit", "media", "picture", "thinLine"],
];
/** As long together as all the others. */
const first = ["comingBack", "liveClass", "pages", "signs", "stage", "twoTabs"];

/**
 * The files of the browser's journeys in the order of their running: one round after the other, and in a round its
 * lanes side by side, each with a school of its own.
 */
export async function findJourneyLanes(root: string): Promise<string[][][]> {
  const folder = join("client", "e2e");
  const names = (await readdir(join(root, folder)))
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -".test.ts".length))
    .toSorted();
  const pathsOf = (wanted: readonly string[]) =>
    wanted.map((name) => join(folder, `${name}.test.ts`));
  const there = (wanted: readonly string[]) => wanted.filter((name) => names.includes(name));
  const placed = new Set([...video.flat(), ...first]);
  const others = names.filter((name) => !placed.has(name));
  return [video.map((lane) => pathsOf(there(lane))), [pathsOf(there(first)), pathsOf(others)]];
}
