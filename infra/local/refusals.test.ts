import { chown, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findPostgresPlace } from "./postgres/postgresPlace.ts";
import { readRunningFile } from "./runningFile.ts";
import { canRunAsNobody, nobody } from "./testing/ordinaryUser.ts";
import { spawnSupervisor, waitUntilEnded } from "./testing/startSchool.ts";
import { createSupervisorTests, environment, isGone, program } from "./testing/supervisorTests.ts";

const tests = createSupervisorTests();
/** Else such tests are skipped: they need root, and a checkout that others may enter. */
const asNobody = it.runIf(canRunAsNobody());

describe("it refuses in words", () => {
  it("a port that is taken, and says how to use another", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const { exitCode, output } = await tests.fail({
      dataFolder: tests.dataFolder,
      environment: { PORT: String(port) },
    });
    other.close();
    expect(exitCode).toBe(1);
    expect(output).toContain(`Port ${port} is taken by another program. Use another one: PORT=`);
    expect(output).not.toContain("    at ");
  });

  it("a second instance on the same data, and says where the first is", async () => {
    const school = await tests.start();
    const { exitCode, output } = await tests.fail({ dataFolder: tests.dataFolder, environment });
    expect(exitCode).toBe(1);
    expect(output).toContain(`Darasa runs already on this data folder: ${school.baseUrl}`);
    await expect(fetch(new URL("/readyz", school.baseUrl))).resolves.toMatchObject({ ok: true });
    await school.stop();
  });

  it("a data folder that cannot be written", async () => {
    const file = join(tests.dataFolder, "a-file");
    await writeFile(file, "");
    const { exitCode, output } = await tests.fail({ dataFolder: join(file, "inside") });
    expect(exitCode).toBe(1);
    expect(output).toContain("cannot write there (ENOTDIR)");
    expect(output).toContain("DARASA_DATA_DIR=/some/folder npm start");
  });

  asNobody("a data folder of somebody else", async () => {
    const { exitCode, output } = await tests.fail({ dataFolder: tests.dataFolder, uid: nobody });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/cannot write there \((EACCES|EPERM)\)/);
  });

  it("settings that make no sense, by name", async () => {
    const { exitCode, output } = await tests.fail({
      dataFolder: tests.dataFolder,
      environment: { PORT: "eighty" },
    });
    expect(exitCode).toBe(1);
    expect(output).toContain("These settings cannot be used: PORT.");
  });

  it("damaged secrets, rather than lock us out of the data", async () => {
    await writeFile(join(tests.dataFolder, "secrets.json"), '{"demoKey": ');
    const { exitCode, output } = await tests.fail({ dataFolder: tests.dataFolder, environment });
    expect(exitCode).toBe(1);
    expect(output).toContain("secrets.json is damaged");
  });

  it("a database whose secrets were deleted, and begins anew when the whole data folder is", async () => {
    const school = await tests.start();
    await school.stop();
    await rm(join(tests.dataFolder, "secrets.json"));
    const { exitCode, output } = await tests.fail({ dataFolder: tests.dataFolder, environment });
    expect(exitCode).toBe(1);
    expect(output).toContain("remove the whole data folder to begin anew");
    const place = await findPostgresPlace(tests.dataFolder);
    await rm(tests.dataFolder, { recursive: true });
    const anew = await tests.start();
    expect(anew.output()).toContain("Making the database (once) …");
    await expect(anew.stop()).resolves.toBe(0);
    await rm(place.folder, { recursive: true, force: true });
  });

  it("a program that does not start, with the end of its log, and stops the rest", async () => {
    const { exitCode, output } = await tests.fail({
      dataFolder: tests.dataFolder,
      environment: { ...environment, STAND_IN_BREAKS: "api" },
    });
    expect(exitCode).toBe(1);
    expect(output).toContain("api did not start:\nThe settings are not usable: STAND_IN");
    await expect(readRunningFile(tests.dataFolder)).resolves.toBeNull();
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
