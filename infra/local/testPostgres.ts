import { prepareTestPostgres } from "@darasa/database/testing";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "./postgres/embeddedPostgres.ts";
import { findPostgresPlace } from "./postgres/postgresPlace.ts";
import {
  makeMemoryFolder,
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

/** vitest's global setup: a Postgres for this run only, with roles and a template to copy databases from. */
export default async function setUpTestPostgres(
  project: TestProject,
): Promise<() => Promise<void>> {
  await removeOrphanedTestFolders();
  const folder = await makeMemoryFolder();
  try {
    const server = await startEmbeddedPostgres({
      place: await findPostgresPlace(folder),
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
