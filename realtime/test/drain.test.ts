import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "@darasa/database";
import { createTestDatabase, startStallingProxy } from "@darasa/database/testing";
import { closeReasons } from "@darasa/protocol";
import { afterEach, expect, test } from "vitest";
import * as z from "zod";
import { closeCodeAt } from "./support/rawUpgrade.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(plan?: Parameters<typeof startLocalSchool>[0]): Promise<LocalSchool> {
  const school = await startLocalSchool(plan);
  cleanups.push(() => school.database.drop());
  return school;
}

test("[C1] a drain under load: everybody is told to come back, all that was taken is stored", async () => {
  const school = await start();
  const clients = await Promise.all(
    [school.teacher, ...school.students].map((person) => school.enter(person)),
  );
  const acked: number[] = [];
  for (const client of clients) {
    for (let count = 0; count < 8; count += 1) {
      const body = `last words ${String(count)}`;
      client.ask({ type: "sendMessage", room: school.room, body }).then(
        (answer) => answer.ok && acked.push(answer.result.seq),
        () => undefined,
      );
    }
  }
  await clients[0]?.next("ack", ({ result }) => "seq" in result);
  const startedAtMs = performance.now();
  const { port } = school.gateway;
  const readyStatus = async () => (await fetch(`http://127.0.0.1:${String(port)}/readyz`)).status;
  expect(await readyStatus()).toBe(200);
  const stopped = school.gateway.stop();
  expect(await Promise.all([readyStatus(), closeCodeAt(port, "/ws")])).toEqual([503, 503]);
  expect(await stopped).toBe(true);
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  for (const client of clients) expect(await client.closed()).toBe(closeReasons.shutdown.code);
  const { database } = school.database;
  const count = z.object({ seqs: z.array(z.number()), left: z.number() });
  const stored = await database.inSchool(school.teacher.schoolId, (tx) =>
    tx.one(sql.type(count)`
      select array(select seq::int from chat_messages where room_id = ${school.room}) as seqs,
        (select count(*) from attendance_events where kind = 'left') as left`),
  );
  expect(stored.seqs).toEqual(expect.arrayContaining(acked));
  expect(stored.left).toBe(clients.length);
});

test("a drain without Postgres says that not everything is stored, and ends in time", async () => {
  const proxies: Awaited<ReturnType<typeof startStallingProxy>>[] = [];
  const school = await start({
    async settings({ appUrl, writerUrl }) {
      proxies.push(await startStallingProxy(appUrl), await startStallingProxy(writerUrl));
      const [app, writer] = proxies;
      return { databaseUrl: app?.url ?? "", writerUrl: writer?.url ?? "" };
    },
  });
  for (const proxy of proxies) cleanups.push(() => proxy.close());
  const client = await school.enter(school.teacher);
  for (const proxy of proxies) proxy.freeze();
  const startedAtMs = performance.now();
  expect(await school.gateway.stop()).toBe(false);
  expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  expect(await client.closed()).toBe(closeReasons.shutdown.code);
});

test("a port that is taken is told in words", async () => {
  const school = await start();
  cleanups.push(() => school.gateway.stop());
  const { port } = school.gateway;
  const second = startLocalSchool({ settings: () => Promise.resolve({ port }) });
  await expect(second).rejects.toThrow(String(port));
});

test("the process ends well when the one that started it is gone", async () => {
  const database = await createTestDatabase();
  cleanups.push(() => database.drop());
  const child = spawn(process.execPath, ["src/main.ts"], {
    cwd: join(import.meta.dirname, ".."),
    env: {
      REALTIME_PORT: "0",
      DATABASE_URL: database.appUrl,
      DATABASE_WRITER_URL: database.writerUrl,
      TICKET_KEY: randomBytes(32).toString("base64url"),
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  cleanups.push(() => Promise.resolve(child.kill("SIGKILL")));
  for await (const line of child.stdout ?? []) if (String(line).includes("listening")) break;
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});
