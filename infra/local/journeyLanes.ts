import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Browsers that encode video want the most of a machine: one after the other, all of them in one lane. */
const video = [
  "failover",
  "liveClass",
  "livekit",
  "livekitClass",
  "media",
  "mesh",
  "picture",
  "thinLine",
];
/** With these, that lane takes as long as the other. */
const lighter = ["signs"];

/** The files of the browser's journeys, in lanes that run side by side, each with a school of its own. */
export async function findJourneyLanes(root: string): Promise<string[][]> {
  const folder = join("client", "e2e");
  const files = (await readdir(join(root, folder))).filter((file) => file.endsWith(".test.ts"));
  const isFirst = (file: string) =>
    [...video, ...lighter].includes(file.slice(0, -".test.ts".length));
  const pathsOf = (lane: readonly string[]) => lane.toSorted().map((file) => join(folder, file));
  return [pathsOf(files.filter(isFirst)), pathsOf(files.filter((file) => !isFirst(file)))];
}
