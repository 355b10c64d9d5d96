import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareTestPostgres } from "@darasa/database/testing";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "./postgres/embeddedPostgres.ts";
import { findPostgresPlace } from "./postgres/postgresPlace.ts";
import { findPostmaster, stopPostmaster } from "./postgres/postmaster.ts";
import { isProcessAlive, readProcessIdentity } from "./processIdentity.ts";

/** What it holds is thrown away after the run: it need not survive a power cut. */
const settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "400",
};

const folderPrefix = "darasa-test-";
const ownerFile = "owner";

/** vitest's global setup: a Postgres for this run only, with roles and a template to copy databases from. */
export default async function setUpTestPostgres(
  project: TestProject,
): Promise<() => Promise<void>> {
  await removeLeftOvers();
  const folder = await mkdtemp(join(tmpdir(), folderPrefix));
  await writeFile(join(folder, ownerFile), (await readProcessIdentity(process.pid)) ?? "");
  try {
    const server = await startEmbeddedPostgres({
      place: await findPostgresPlace(folder),
      superuserPassword: "superuser",
      settings,
      onProgress: () => undefined,
    });
    project.provide("postgres", await prepareTestPostgres(server.superuserUrl));
  } catch (error) {
    await removeCluster(folder);
    throw error;
  }
  return () => removeCluster(folder);
}

/** A run that was killed could not remove its server. */
async function removeLeftOvers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(tmpdir(), name);
    const owner = await readFile(join(folder, ownerFile), "utf8").catch(() => null);
    if (owner !== null && !(await isProcessAlive(owner))) await removeCluster(folder);
  }
}

async function removeCluster(folder: string): Promise<void> {
  const place = await findPostgresPlace(folder);
  const data = join(place.folder, "data");
  const server = await findPostmaster(data);
  if (server) await stopPostmaster(server, data);
  await rm(place.folder, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}
