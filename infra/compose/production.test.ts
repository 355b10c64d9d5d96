import { createTestDatabase, findTestProgram, startRedisServer } from "@darasa/database/testing";
import type { TestDatabase, RedisServer } from "@darasa/database/testing";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RoomId } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestClient } from "../../realtime/test/support/testClient.ts";
import { startNginx, type Nginx } from "../proxy/startNginx.ts";
import { loadComposeFile } from "./composeFile.ts";
import { makeEnvironment } from "./makeEnvironment.ts";
import { startService, type RunningService } from "./testing/startService.ts";

const publicUrl = "https://darasa.example.org";
const [redisFound, nginxFound] = [findTestProgram("redis"), findTestProgram("nginx")];
const missing = [redisFound, nginxFound].flatMap((found) =>
  "missing" in found ? [found.missing] : [],
);

/** The services of the compose file, with the images' work done by this machine: its Postgres, Redis and nginx. */
describe.skipIf(missing.length > 0)(`a school as it is deployed ${missing.join("; ")}`, () => {
  let database: TestDatabase;
  let redis: RedisServer;
  let spill: string;
  let api: RunningService;
  let gateways: RunningService[];
  let nginx: Nginx;

  beforeAll(async () => {
    if ("missing" in redisFound || "missing" in nginxFound) return;
    database = await createTestDatabase();
    redis = await startRedisServer(redisFound.path);
    spill = await mkdtemp(join(tmpdir(), "darasa-spill-"));
    const { services } = await loadComposeFile(makeEnvironment(publicUrl, Date.now()));
    const settingsOf = (name: string) => ({
      ...services[name]?.environment,
      DATABASE_URL: database.appUrl,
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      TRUSTED_PROXIES: "127.0.0.1",
    });
    const gatewayOf = (name: string) =>
      startService("realtime/src/main.ts", {
        ...settingsOf(name),
        DATABASE_WRITER_URL: database.writerUrl,
        SPILL_FOLDER: join(spill, name),
      });
    gateways = await Promise.all([gatewayOf("realtime-1"), gatewayOf("realtime-2")]);
    api = await startService("api/src/main.ts", {
      ...settingsOf("api"),
      REALTIME_URL: gateways.map(({ address }) => `http://${address}`).join(","),
    });
    nginx = await startNginx(nginxFound.path, {
      api: [api.address],
      realtime: gateways.map(({ address }) => address),
    });
  });

  afterAll(async () => {
    await nginx.stop();
    await Promise.all([api, ...gateways].map((service) => service.stop()));
    await redis.close();
    await database.drop();
    await rm(spill, { recursive: true });
  });

  /** Signs in and connects, all of it through the proxy. */
  async function enter(email: string): Promise<TestClient> {
    const { accessToken } = await post("/api/auth/login", {
      school: database.demo.slug,
      email,
      password: database.password,
    });
    const { ticket } = await post("/api/realtime/ticket", { audience: "gateway" }, accessToken);
    const client = await TestClient.hello(Number(new URL(nginx.url).port), ticket ?? "");
    await client.acked({ type: "joinRoom", room: room(), liveClass: null });
    return client;
  }

  const room = () => database.rooms.mathematics.roomId as RoomId;

  async function post(
    path: string,
    body: unknown,
    token?: string,
  ): Promise<Readonly<Record<string, string>>> {
    const answer = await fetch(nginx.url + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBeLessThan(300);
    return (await answer.json()) as Readonly<Record<string, string>>;
  }

  /** How many sessions each gateway has, as its own figures say. */
  async function sessions(): Promise<number[]> {
    return Promise.all(
      gateways.map(async ({ address }) => {
        const text = await (await fetch(`http://${address}/metrics`)).text();
        return Number(/^darasa_sessions (\d+)/m.exec(text)?.[1]);
      }),
    );
  }

  test("two people on two gateways, through the proxy, read each other", async () => {
    const { teacher, baraka } = database.people;
    const one = await enter(teacher.email);
    const two = await enter(baraka.email);
    await expect.poll(sessions).toEqual([1, 1]);
    await one.acked({ type: "sendMessage", room: room(), body: "Do you hear me over there?" });
    expect(await two.next("chatMessage")).toMatchObject({ body: "Do you hear me over there?" });
    await two.acked({ type: "sendMessage", room: room(), body: "I do." });
    await expect
      .poll(() => one.all("chatMessage").map(({ body }) => body))
      .toEqual(["Do you hear me over there?", "I do."]);
    for (const client of [one, two]) client.socket.terminate();
  });

  test("a gateway that is told to end says so and ends well", async () => {
    const { neema } = database.people;
    const client = await enter(neema.email);
    const index = (await sessions()).findIndex((count) => count > 0);
    expect(await gateways[index]?.stop()).toBe(0);
    await expect.poll(() => client.closeCode).toBe(1001);
    // The proxy has noticed: whoever comes now is at the other one.
    const again = await enter(neema.email);
    expect(again.all("welcome")).toHaveLength(1);
    again.socket.terminate();
  });
});
