import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopEmbeddedPostgres } from "../postgres/embeddedPostgres.ts";
import { findPostgresPlace } from "../postgres/postgresPlace.ts";
import { isProcessAlive, readProcessIdentity } from "../processIdentity.ts";

const prefix = "darasa-test-";
const ownerFile = "test-owner";

/** A new data folder for one test, for `removeTestFolder` to remove. */
export async function makeTestFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await writeFile(join(folder, ownerFile), (await readProcessIdentity(process.pid)) ?? "");
  return folder;
}

/** Removes a data folder with its database, wherever that is and whether it runs or not. */
export async function removeTestFolder(folder: string): Promise<void> {
  const place = await findPostgresPlace(folder);
  await stopEmbeddedPostgres(place);
  await rm(place.folder, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** Removes what test runs left behind that were killed. */
export async function removeOrphanedTestFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    const owner = await readFile(join(folder, ownerFile), "utf8").catch(() => null);
    if (owner !== null && !(await isProcessAlive(owner))) await removeTestFolder(folder);
  }
}
