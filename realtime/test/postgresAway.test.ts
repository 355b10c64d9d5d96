import { startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGatewayProcess } from "./support/gatewayProcess.ts";
import { startTestSchool, type TestSchool } from "./support/testSchool.ts";

let school: TestSchool;
let app: StallingProxy;
let writer: StallingProxy;
beforeAll(async () => {
  school = await startTestSchool();
  await school.gateway.end("SIGKILL");
  app = await startStallingProxy(school.database.appUrl);
  writer = await startStallingProxy(school.database.writerUrl);
  school.gateway = await startGatewayProcess({ appUrl: app.url, writerUrl: writer.url });
});
afterAll(async () => {
  await school.stop();
  await app.close();
  await writer.close();
});

test("[M5] without Postgres a message is refused in time, and stored once when it is back", async () => {
  const teacher = await school.enter(school.teacher);
  const message = { type: "sendMessage", room: school.room, body: "are you there?" } as const;
  await teacher.acked(message, "before");
  for (const proxy of [app, writer]) proxy.freeze();
  const askedAtMs = performance.now();
  const answer = await teacher.ask(message, "during");
  expect(answer).toMatchObject({ ok: false, error: { code: "unavailable", retryable: true } });
  // P8 says 3 s; the rest is for a busy machine.
  expect(performance.now() - askedAtMs).toBeLessThan(6_000);

  // What lives in memory goes on meanwhile.
  await teacher.acked({ type: "raiseHand", room: school.room });

  for (const proxy of [app, writer]) {
    proxy.thaw();
    proxy.cut();
  }
  for (;;) if ((await teacher.ask(message, "during")).ok) break;
  const reader = await school.enter(school.teacher, 0);
  await reader.next("replay", ({ done }) => done);
  expect(reader.chat()).toHaveLength(2);
});
