import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { errorCode } from "./errorCode.ts";
import { PlainError } from "./plainError.ts";
import { readProcessIdentity } from "./processIdentity.ts";

const stampName = ".built-from";

/** What the built client depends on, from the checkout's root. */
const sources = ["client", "realtime/protocol", "package-lock.json"];
const unrelated = new Set(["node_modules", "dist", "e2e", ".tsbuild", "test-output"]);

/**
 * Builds the client into `client/dist` unless its sources are those of the last build. Nothing half-built
 * is ever there: it is made elsewhere and put in place at once.
 */
export async function buildClient(root: string, onProgress: (line: string) => void): Promise<void> {
  const target = join(root, "client", "dist");
  const hash = await hashSources(root);
  const built = await readFile(join(target, stampName), "utf8").catch(() => "");
  if (built === hash) return;
  onProgress("Building the pages (after each change of theirs) …");
  // In node_modules, which nobody formats, lints or commits.
  const workshop = join(root, "node_modules", ".darasa");
  await clearAway(workshop);
  // Of this build's own: another may go on beside it.
  const own = join(workshop, `${process.pid}`);
  const half = join(own, "client");
  await mkdir(own, { recursive: true });
  await runVite(join(root, "client"), half);
  await writeFile(join(half, stampName), hash);
  await putInPlace(half, target, own);
  await rm(own, { recursive: true, force: true });
  // Unless another build works there.
  await rmdir(workshop).catch(() => undefined);
}

/** What builds left that were killed. */
async function clearAway(workshop: string): Promise<void> {
  for (const name of await readdir(workshop).catch(() => [])) {
    if ((await readProcessIdentity(Number(name))) !== null) continue;
    await rm(join(workshop, name), { recursive: true, force: true });
  }
}

async function runVite(client: string, outFolder: string): Promise<void> {
  const vite = join(
    dirname(createRequire(join(client, "_")).resolve("vite/package.json")),
    "bin/vite.js",
  );
  const child = spawn(
    process.execPath,
    [vite, "build", "--outDir", outFolder, "--emptyOutDir", "--logLevel", "warn"],
    {
      cwd: client,
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  child.stdout.on("data", (part: Buffer) => (output += part.toString()));
  child.stderr.on("data", (part: Buffer) => (output += part.toString()));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (exitCode !== 0) throw new PlainError(`The pages could not be built:\n${output.trim()}`);
}

async function putInPlace(half: string, target: string, own: string): Promise<void> {
  await rename(target, join(own, "old")).catch(() => rm(target, { recursive: true, force: true }));
  await rename(half, target).catch(async (error: unknown) => {
    // node_modules may be a file system of its own.
    if (errorCode(error) !== "EXDEV") throw error;
    await cp(half, target, { recursive: true });
  });
}

async function hashSources(root: string): Promise<string> {
  const files = (await Promise.all(sources.map((path) => listFiles(root, path)))).flat().sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(await readFile(join(root, file)));
  return hash.digest("hex");
}

async function listFiles(root: string, path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  const nested = entries
    .filter(({ name }) => !unrelated.has(name) && !/\.test\.tsx?$/.test(name))
    .map((entry) => {
      const inside = join(path, entry.name);
      return entry.isDirectory() ? listFiles(root, inside) : Promise.resolve([inside]);
    });
  return (await Promise.all(nested)).flat();
}
