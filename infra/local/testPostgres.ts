import { chmod, statfs } from "node:fs/promises";
import { prepareTestPostgres } from "@darasa/database/testing";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "./postgres/embeddedPostgres.ts";
import { findPostgresPlace } from "./postgres/postgresPlace.ts";
import {
  makeTestFolder,
  memoryFolder,
  removeOrphanedTestFolders,
  removeTestFolder,
} from "./testing/testFolder.ts";

/** What it holds is thrown away after the run: it need not survive a power cut. */
const settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "400",
  // Old log is of no use to anybody.
  max_wal_size: "256MB",
};

/** Much more than all databases of a run take at any time. */
const neededBytes = 3 * 2 ** 30;

/** vitest's global setup: a Postgres for this run only, with roles and a template to copy databases from. */
export default async function setUpTestPostgres(
  project: TestProject,
): Promise<() => Promise<void>> {
  await removeOrphanedTestFolders();
  const isInMemory = await hasRoom();
  const folder = await makeTestFolder(isInMemory ? memoryFolder : undefined);
  try {
    const place = await findPostgresPlace(folder);
    // Who runs Postgres may be another than we are.
    if (isInMemory) await chmod(folder, 0o755);
    const server = await startEmbeddedPostgres({
      place: isInMemory ? { ...place, folder } : place,
      superuserPassword: "superuser",
      settings,
      onProgress: () => undefined,
    });
    project.provide("postgres", await prepareTestPostgres(server.superuserUrl));
  } catch (error) {
    await removeTestFolder(folder);
    throw error;
  }
  return () => removeTestFolder(folder);
}

/** A database is made and dropped in memory in half the time, and on no disk's account. */
async function hasRoom(): Promise<boolean> {
  const { bavail, bsize } = await statfs(memoryFolder).catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.min(bavail * bsize, process.availableMemory()) > neededBytes;
}
