import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import {
  spawnSupervisor,
  startSchool,
  waitUntilEnded,
  type StartSchoolOptions,
  type TestSchool,
} from "./startSchool.ts";
import { copyTestFolder, makeMemoryFolder, removeTestFolder } from "./testFolder.ts";

/** A supervisor whose api and realtime are stand-ins that start at once. */
export const program = fileURLToPath(new URL("./standIn/run.ts", import.meta.url));
export const environment = { CLIENT_DIR: "served/by/nobody" };

/** What the tests of one file start supervisors with. */
export interface SupervisorTests {
  /** Of the test that runs: the data of one that was started and stopped before. */
  readonly dataFolder: string;
  /** Makes the data folder of this test one that was never used. */
  beginAnew(): Promise<void>;
  start(options?: StartSchoolOptions): Promise<TestSchool>;
  /** Runs a supervisor that is expected to fail, to its end. */
  fail(
    options: Parameters<typeof spawnSupervisor>[0],
  ): Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

/** Registers vitest's hooks for a file: one used folder for all, of which each test gets a copy. */
export function createSupervisorTests(): SupervisorTests {
  // Whole starts, on a machine that may be busy with everything else.
  vi.setConfig({ testTimeout: 120_000 });
  let dataFolder: string;
  /** Most tests need not make a database anew. */
  let usedFolder: string;

  beforeAll(async () => {
    usedFolder = await makeMemoryFolder();
    await (await startSchool({ dataFolder: usedFolder, program, environment })).stop();
  }, 120_000);
  afterAll(() => removeTestFolder(usedFolder));
  beforeEach(async () => {
    dataFolder = await copyTestFolder(usedFolder);
    await rm(join(dataFolder, "flushed"));
  });
  afterEach(() => removeTestFolder(dataFolder));

  return {
    get dataFolder() {
      return dataFolder;
    },
    async beginAnew() {
      await removeTestFolder(dataFolder);
      dataFolder = await makeMemoryFolder();
    },
    start: (options = {}) => startSchool({ dataFolder, program, environment, ...options }),
    async fail(options) {
      const { child, output } = await spawnSupervisor({ program, ...options });
      return { exitCode: await waitUntilEnded(child), output: output() };
    },
  };
}

/** A zombie, which waits for somebody to read its exit code, has no command line any more. */
export async function isGone(pid: number | null): Promise<boolean> {
  return (await readFile(`/proc/${String(pid)}/cmdline`, "utf8").catch(() => "")) === "";
}
