import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../cache.ts";

const run = promisify(execFile);

/** A folder of the cache with these packages of npm, by their exact versions; nothing of it comes into our tree. */
export async function installFromNpm(name: string, packages: readonly string[]): Promise<string> {
  return installOnce(name, packages, async (folder) => {
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    const options = ["--no-audit", "--no-fund", "--save-exact", "--ignore-scripts"];
    await run("npm", ["install", ...options, ...packages], { cwd: folder });
  });
}

/** A folder of the cache with an environment of Python in `venv`, and these packages of PyPI in it. */
export async function installFromPypi(name: string, packages: readonly string[]): Promise<string> {
  return installOnce(name, packages, async (folder) => {
    await run("python3", ["-m", "venv", "--clear", "venv"], { cwd: folder });
    await run("venv/bin/pip", ["install", "--quiet", ...packages], { cwd: folder });
  });
}

/** A note of what is there is written last: what was cut off is done again. */
async function installOnce(
  name: string,
  packages: readonly string[],
  install: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder(), name);
  const note = join(folder, "installed");
  const wanted = packages.join("\n");
  if (existsSync(note) && (await readFile(note, "utf8")) === wanted) return folder;
  await mkdir(folder, { recursive: true });
  await install(folder);
  await writeFile(note, wanted);
  return folder;
}

/** Why a peer could not be installed, in the one line that says it. */
export function installProblem(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const said = text.split("\n").filter((line) => /error|not found|ENOENT/i.test(line));
  return (said.at(-1) ?? text.split("\n")[0] ?? text).trim();
}
