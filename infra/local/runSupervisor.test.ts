import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRunningFile } from "./runningFile.ts";
import { spawnSupervisor, waitUntilEnded } from "./testing/startSchool.ts";
import { createSupervisorTests, environment, isGone, program } from "./testing/supervisorTests.ts";

const tests = createSupervisorTests();

describe("npm start", () => {
  it("says in plain words what it does, and where teacher and students go", async () => {
    await tests.beginAnew();
    const school = await tests.start();
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
    const first = await tests.start();
    const { api, realtime, postgres } = await first.processes();
    await expect(first.stop()).resolves.toBe(0);
    const ends = await Promise.all([api, realtime, postgres].map(isGone));
    expect(ends).toEqual([true, true, true]);
    await expect(readFile(join(tests.dataFolder, "flushed"), "utf8")).resolves.toBe("flushed\n");
    await expect(readRunningFile(tests.dataFolder)).resolves.toBeNull();

    const second = await tests.start();
    expect(second.output()).not.toContain("Making the database");
    expect(second.password).toBe(first.password);
    const path = (url: string) => new URL(url).pathname + new URL(url).hash;
    expect(path(second.teacherUrl)).toBe(path(first.teacherUrl));
    expect(path(second.studentsUrl)).toBe(path(first.studentsUrl));
    await second.stop();
  });

  it("keeps its secrets from everybody else on the machine", async () => {
    await tests.beginAnew();
    const school = await tests.start();
    const mode = async (name: string) => (await stat(join(tests.dataFolder, name))).mode & 0o777;
    expect(await mode(".")).toBe(0o700);
    expect(await mode("secrets.json")).toBe(0o600);
    expect(await mode("running.json")).toBe(0o600);
    await school.stop();
  });

  it("gives api and realtime their settings, and nobody the superuser's password", async () => {
    const school = await tests.start({ environment: { ...environment, ICE_SERVERS: "[]" } });
    const response = await fetch(new URL("/environment", school.baseUrl));
    const given = (await response.json()) as NodeJS.ProcessEnv;
    expect(given).toMatchObject({ NODE_ENV: "development", HOST: "127.0.0.1", ICE_SERVERS: "[]" });
    expect(given["DATABASE_URL"]).toMatch(/^postgres:\/\/darasa_app:/);
    expect(given["REALTIME_URL"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { superuserPassword, writerPassword } = JSON.parse(
      await readFile(join(tests.dataFolder, "secrets.json"), "utf8"),
    ) as Record<string, string>;
    expect(JSON.stringify(given)).not.toContain(superuserPassword);
    expect(JSON.stringify(given)).not.toContain(writerPassword);
    await school.stop();
  });
});

describe("what dies is started again", () => {
  it.each(["realtime", "api", "postgres"] as const)("%s, killed without warning", async (name) => {
    const school = await tests.start();
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
    const school = await tests.start();
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
    const school = await tests.start();
    const before = await school.processes();
    await school.kill("supervisor");
    await expect
      .poll(() => Promise.all([before.api, before.realtime].map(isGone)), { timeout: 10_000 })
      .toEqual([true, true]);
    // Realtime flushed, since the database was still there.
    await expect(readFile(join(tests.dataFolder, "flushed"), "utf8")).resolves.toBe("flushed\n");

    const again = await tests.start();
    expect((await again.processes()).postgres).toBe(before.postgres);
    expect(again.output()).toContain("still there");
    await expect(again.stop()).resolves.toBe(0);
    expect(await isGone(before.postgres)).toBe(true);
  });

  it("the next start waits for a child that still finishes its work, and gets its port", async () => {
    const slow = { ...environment, STAND_IN_DRAINS_MS: "2500" };
    const school = await tests.start({ environment: slow });
    const { api } = await school.processes();
    await school.kill("supervisor");
    const PORT = new URL(school.baseUrl).port;
    const again = await tests.start({ environment: { ...environment, PORT } });
    expect(again.baseUrl).toBe(school.baseUrl);
    expect(await isGone(api)).toBe(true);
    await expect(again.stop()).resolves.toBe(0);
  });

  it.each([0, 300, 600, 900, 1_200])(
    "the next start recovers from one that was killed after %i ms",
    async (afterMs) => {
      await tests.beginAnew();
      const { child } = await spawnSupervisor({
        dataFolder: tests.dataFolder,
        program,
        environment,
      });
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      child.kill("SIGKILL");
      await waitUntilEnded(child);
      const school = await tests.start();
      await expect(fetch(new URL("/readyz", school.baseUrl))).resolves.toMatchObject({ ok: true });
      await expect(school.stop()).resolves.toBe(0);
    },
  );
});
