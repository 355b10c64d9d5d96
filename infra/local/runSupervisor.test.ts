import { chown, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { findPostgresPlace } from "./postgres/postgresPlace.ts";
import { readRunningFile } from "./runningFile.ts";
import { canRunAsNobody, nobody } from "./testing/ordinaryUser.ts";
import {
  spawnSupervisor,
  startSchool,
  waitUntilEnded,
  type StartSchoolOptions,
} from "./testing/startSchool.ts";
import { copyTestFolder, makeTestFolder, removeTestFolder } from "./testing/testFolder.ts";

const program = fileURLToPath(new URL("./testing/standIn/run.ts", import.meta.url));
const environment = { CLIENT_DIR: "served/by/nobody" };
/** Else such tests are skipped: they need root, and a checkout that others may enter. */
const asNobody = it.runIf(canRunAsNobody());
let dataFolder: string;

// Whole starts, on a machine that may be busy with everything else.
vi.setConfig({ testTimeout: 120_000 });

/** The data of one that was started and stopped before: most tests need not make a database anew. */
let usedFolder: string;

beforeAll(async () => {
  usedFolder = await makeTestFolder();
  await (await startSchool({ dataFolder: usedFolder, program, environment })).stop();
}, 120_000);
afterAll(() => removeTestFolder(usedFolder));

beforeEach(async () => {
  dataFolder = await copyTestFolder(usedFolder);
  await rm(join(dataFolder, "flushed"));
});
afterEach(() => removeTestFolder(dataFolder));

/** Makes the data folder of this test one that was never used. */
async function beginAnew(): Promise<void> {
  await removeTestFolder(dataFolder);
  dataFolder = await makeTestFolder();
}

const start = (options: StartSchoolOptions = {}) =>
  startSchool({ dataFolder, program, environment, ...options });

/** Runs a supervisor that is expected to fail, to its end. */
async function fail(options: Parameters<typeof spawnSupervisor>[0]) {
  const { child, output } = await spawnSupervisor({ program, ...options });
  return { exitCode: await waitUntilEnded(child), output: output() };
}

/** A zombie, which waits for somebody to read its exit code, has no command line any more. */
const isGone = async (pid: number | null) =>
  (await readFile(`/proc/${String(pid)}/cmdline`, "utf8").catch(() => "")) === "";

const areGone = (pids: readonly (number | null)[]) => Promise.all(pids.map(isGone));

describe("npm start", () => {
  it("says in plain words what it does, and where teacher and students go", async () => {
    await beginAnew();
    const school = await start();
    expect(school.output()).toContain("Making the database (once) …");
    expect(school.teacherUrl).toMatch(/^http:\/\/localhost:\d+\/demo#[\w-]{22}$/);
    expect(school.studentsUrl).toMatch(/^http:\/\/localhost:\d+\/join\/[2-9A-HJ-NP-Z]{6}$/);
    await expect.poll(school.output).toContain(school.password);
    expect(school.output()).toContain(school.teacherUrl);
    expect(school.output()).toContain(school.studentsUrl);
    expect(school.output()).not.toContain("node:internal");
    await school.stop();
  });

  it("stops realtime, which flushes, then the database, and keeps data, secrets and links", async () => {
    const first = await start();
    const { api, realtime, postgres } = await first.processes();
    await expect(first.stop()).resolves.toBe(0);
    expect(await areGone([api, realtime, postgres])).toEqual([true, true, true]);
    await expect(readFile(join(dataFolder, "flushed"), "utf8")).resolves.toBe("flushed\n");
    await expect(readRunningFile(dataFolder)).resolves.toBeNull();

    const second = await start();
    expect(second.output()).not.toContain("Making the database");
    expect(second.password).toBe(first.password);
    const path = (url: string) => new URL(url).pathname + new URL(url).hash;
    expect(path(second.teacherUrl)).toBe(path(first.teacherUrl));
    expect(path(second.studentsUrl)).toBe(path(first.studentsUrl));
    await second.stop();
  });

  it("keeps its secrets from everybody else on the machine", async () => {
    await beginAnew();
    const school = await start();
    const mode = async (name: string) => (await stat(join(dataFolder, name))).mode & 0o777;
    expect(await mode(".")).toBe(0o700);
    expect(await mode("secrets.json")).toBe(0o600);
    expect(await mode("running.json")).toBe(0o600);
    await school.stop();
  });

  it("gives api and realtime their settings, and nobody the superuser's password", async () => {
    const school = await start({ environment: { ...environment, ICE_SERVERS: "[]" } });
    const response = await fetch(new URL("/environment", school.baseUrl));
    const given = (await response.json()) as NodeJS.ProcessEnv;
    expect(given).toMatchObject({ NODE_ENV: "development", HOST: "127.0.0.1", ICE_SERVERS: "[]" });
    expect(given["DATABASE_URL"]).toMatch(/^postgres:\/\/darasa_app:/);
    expect(given["REALTIME_URL"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { superuserPassword, writerPassword } = JSON.parse(
      await readFile(join(dataFolder, "secrets.json"), "utf8"),
    ) as Record<string, string>;
    expect(JSON.stringify(given)).not.toContain(superuserPassword);
    expect(JSON.stringify(given)).not.toContain(writerPassword);
    await school.stop();
  });
});

describe("what dies is started again", () => {
  it.each(["realtime", "api", "postgres"] as const)("%s, killed without warning", async (name) => {
    const school = await start();
    const before = await school.processes();
    await school.kill(name);
    await expect
      .poll(async () => (await school.processes())[name], { timeout: 10_000 })
      .not.toBe(before[name]);
    const after = await school.processes();
    expect({ ...after, [name]: null }).toEqual({ ...before, [name]: null });
    expect(await isGone(after[name])).toBe(false);
    expect(school.output()).toMatch(/ended unexpectedly/);
    expect(school.output()).toMatch(/is back\./);
    await expect(fetch(new URL("/readyz", school.baseUrl))).resolves.toMatchObject({ ok: true });
    await expect(school.stop()).resolves.toBe(0);
  });

  it("again and again, when it dies again and again", async () => {
    const school = await start();
    for (let round = 0; round < 3; round += 1) {
      const { realtime } = await school.processes();
      await school.kill("realtime");
      await expect
        .poll(async () => (await school.processes()).realtime, { timeout: 10_000 })
        .not.toBe(realtime);
    }
    await expect(school.stop()).resolves.toBe(0);
  });
});

describe("after a crash of the supervisor itself", () => {
  it("api and realtime end by themselves, and the next start goes on with the same database", async () => {
    const school = await start();
    const before = await school.processes();
    await school.kill("supervisor");
    await expect
      .poll(() => areGone([before.api, before.realtime]), { timeout: 10_000 })
      .toEqual([true, true]);
    // Realtime flushed, since the database was still there.
    await expect(readFile(join(dataFolder, "flushed"), "utf8")).resolves.toBe("flushed\n");

    const again = await start();
    expect((await again.processes()).postgres).toBe(before.postgres);
    expect(again.output()).toContain("still there");
    await expect(again.stop()).resolves.toBe(0);
    expect(await isGone(before.postgres)).toBe(true);
  });

  it("the next start waits for a child that still finishes its work, and gets its port", async () => {
    const slow = { ...environment, STAND_IN_DRAINS_MS: "2500" };
    const school = await start({ environment: slow });
    const { api } = await school.processes();
    await school.kill("supervisor");
    const PORT = new URL(school.baseUrl).port;
    const again = await start({ environment: { ...environment, PORT } });
    expect(again.baseUrl).toBe(school.baseUrl);
    expect(await isGone(api)).toBe(true);
    await expect(again.stop()).resolves.toBe(0);
  });

  it.each([0, 300, 600, 900, 1_200])(
    "the next start recovers from one that was killed after %i ms",
    async (afterMs) => {
      await beginAnew();
      const { child } = await spawnSupervisor({ dataFolder, program, environment });
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      child.kill("SIGKILL");
      await waitUntilEnded(child);
      const school = await start();
      await expect(fetch(new URL("/readyz", school.baseUrl))).resolves.toMatchObject({ ok: true });
      await expect(school.stop()).resolves.toBe(0);
    },
  );
});

describe("it refuses in words", () => {
  it("a port that is taken, and says how to use another", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const { exitCode, output } = await fail({ dataFolder, environment: { PORT: String(port) } });
    other.close();
    expect(exitCode).toBe(1);
    expect(output).toContain(`Port ${port} is taken by another program. Use another one: PORT=`);
    expect(output).not.toContain("    at ");
  });

  it("a second instance on the same data, and says where the first is", async () => {
    const school = await start();
    const { exitCode, output } = await fail({ dataFolder, environment });
    expect(exitCode).toBe(1);
    expect(output).toContain(`Darasa runs already on this data folder: ${school.baseUrl}`);
    await expect(fetch(new URL("/readyz", school.baseUrl))).resolves.toMatchObject({ ok: true });
    await school.stop();
  });

  it("a data folder that cannot be written", async () => {
    const file = join(dataFolder, "a-file");
    await writeFile(file, "");
    const { exitCode, output } = await fail({ dataFolder: join(file, "inside") });
    expect(exitCode).toBe(1);
    expect(output).toContain("cannot write there (ENOTDIR)");
    expect(output).toContain("DARASA_DATA_DIR=/some/folder npm start");
  });

  asNobody("a data folder of somebody else", async () => {
    const { exitCode, output } = await fail({ dataFolder, uid: nobody });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/cannot write there \((EACCES|EPERM)\)/);
  });

  it("settings that make no sense, by name", async () => {
    const { exitCode, output } = await fail({ dataFolder, environment: { PORT: "eighty" } });
    expect(exitCode).toBe(1);
    expect(output).toContain("These settings cannot be used: PORT.");
  });

  it("damaged secrets, rather than lock us out of the data", async () => {
    await writeFile(join(dataFolder, "secrets.json"), '{"demoKey": ');
    const { exitCode, output } = await fail({ dataFolder, environment });
    expect(exitCode).toBe(1);
    expect(output).toContain("secrets.json is damaged");
  });

  it("a database whose secrets were deleted, and begins anew when the whole data folder is", async () => {
    const school = await start();
    await school.stop();
    await rm(join(dataFolder, "secrets.json"));
    const { exitCode, output } = await fail({ dataFolder, environment });
    expect(exitCode).toBe(1);
    expect(output).toContain("remove the whole data folder to begin anew");
    const place = await findPostgresPlace(dataFolder);
    await rm(dataFolder, { recursive: true });
    const anew = await start();
    expect(anew.output()).toContain("Making the database (once) …");
    await expect(anew.stop()).resolves.toBe(0);
    await rm(place.folder, { recursive: true, force: true });
  });

  it("a program that does not start, with the end of its log, and stops the rest", async () => {
    const { exitCode, output } = await fail({
      dataFolder,
      environment: { ...environment, STAND_IN_BREAKS: "api" },
    });
    expect(exitCode).toBe(1);
    expect(output).toContain("api did not start:\nThe settings are not usable: STAND_IN");
    await expect(readRunningFile(dataFolder)).resolves.toBeNull();
  });
});

describe("as an ordinary user", () => {
  asNobody("keeps everything in the data folder", async () => {
    const own = await mkdtemp(join(tmpdir(), "darasa-user-"));
    await chown(own, nobody, nobody);
    const { child, output } = await spawnSupervisor({
      dataFolder: own,
      program,
      environment,
      uid: nobody,
    });
    await expect.poll(output, { timeout: 20_000 }).toContain("Darasa is running.");
    const running = await readRunningFile(own);
    await expect(stat(join(own, "postgres", "data", "PG_VERSION"))).resolves.toBeDefined();
    child.kill("SIGINT");
    await expect(waitUntilEnded(child)).resolves.toBe(0);
    expect(await isGone(running?.processes.postgres ?? null)).toBe(true);
    await rm(own, { recursive: true });
  });
});
