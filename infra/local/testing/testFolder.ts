import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopEmbeddedPostgres } from "../postgres/embeddedPostgres.ts";
import { findPostgresPlace, memoryFolder } from "../postgres/postgresPlace.ts";
import { isProcessAlive, readProcessIdentity } from "../processIdentity.ts";

const prefix = "darasa-test-";
const ownerFile = "test-owner";

/** Much more than all databases of a run take at any time. */
const neededBytes = 3 * 2 ** 30;

/** A new data folder for one test or measurement, on disk, for `removeTestFolder` to remove. */
export async function makeTestFolder(): Promise<string> {
  return makeFolder(tmpdir());
}

/**
 * The same in memory, where there is room: a database is made and dropped there in half the time, and on no disk's
 * account.
 */
export async function makeMemoryFolder(): Promise<string> {
  return makeFolder((await hasRoom()) ? memoryFolder : tmpdir());
}

async function hasRoom(): Promise<boolean> {
  // Containers may have little of it.
  const { bavail, bsize } = await statfs(memoryFolder).catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.min(bavail * bsize, process.availableMemory()) > neededBytes;
}

async function makeFolder(base: string): Promise<string> {
  const folder = await mkdtemp(join(base, prefix));
  await writeFile(join(folder, ownerFile), (await readProcessIdentity(process.pid)) ?? "");
  return folder;
}

/** A new data folder with what is in `original`, whose Darasa is stopped: database, secrets and links. */
export async function copyTestFolder(original: string): Promise<string> {
  const folder = await makeMemoryFolder();
  await copyAll(original, folder);
  await rm(join(folder, "postgres-place"), { force: true });
  const from = await findPostgresPlace(original);
  const to = await findPostgresPlace(folder);
  if (from.folder !== join(original, "postgres")) await copyAll(from.folder, to.folder);
  return folder;
}

/** With owners and modes, which Postgres looks at. */
async function copyAll(from: string, to: string): Promise<void> {
  await promisify(execFile)("cp", ["--archive", `${from}/.`, to]);
}

/** Removes a data folder with its database, wherever that is and whether it runs or not. */
export async function removeTestFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const place = await findPostgresPlace(folder);
  await stopEmbeddedPostgres(place);
  await rm(place.folder, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** Removes what test runs left behind that were killed. */
export async function removeOrphanedTestFolders(): Promise<void> {
  for (const base of [tmpdir(), memoryFolder]) {
    for (const name of await readdir(base).catch(() => [])) {
      if (!name.startsWith(prefix)) continue;
      const folder = join(base, name);
      const owner = await readFile(join(folder, ownerFile), "utf8").catch(() => null);
      if (owner !== null && !(await isProcessAlive(owner))) await removeTestFolder(folder);
    }
  }
}
