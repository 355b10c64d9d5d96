import { mkdir, glob, readFile, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";

/** What servers run: not the pages, which are built, and no packages. */
const sources = ["api/src", "realtime/src", "realtime/protocol/src", "infra"];

/**
 * Writes the servers' sources without their types below `to`, under the same names and with every word on its line:
 * what `plainSource.mjs` runs. `to` may be where they are.
 *
 * @throws Error for a file that has more of TypeScript than types
 */
export async function stripTypes(from: string, to: string): Promise<void> {
  const patterns = sources.map((folder) => `${folder}/**/*.ts`);
  const exclude = (name: string): boolean => name.endsWith(".d.ts") || name === "node_modules";
  for await (const name of glob(patterns, { cwd: from, exclude })) {
    if (name.endsWith(".d.ts") || name.includes("node_modules")) continue;
    const text = stripTypeScriptTypes(await readFile(join(from, name), "utf8"));
    const file = join(to, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
