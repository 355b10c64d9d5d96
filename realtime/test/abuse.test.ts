import { readFile } from "node:fs/promises";
import { closeReasons, limits } from "@darasa/protocol";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { strangerLimits } from "../src/transport/strangers.ts";
import { bystand, type Bystanding } from "./support/bystanders.ts";
import { endlessPieces, openRaw, upgradeRequest } from "./support/rawSocket.ts";
import { signGatewayTicket } from "./support/signTicket.ts";
import { TestClient } from "./support/testClient.ts";
import { startTestSchool, type TestSchool } from "./support/testSchool.ts";

let school: TestSchool;
beforeAll(async () => {
  school = await startTestSchool();
});
afterAll(async () => {
  expect(process.kill(school.gateway.pid, 0), "the same process, to the end").toBe(true);
  await school.stop();
});

/** Whatever others do. */
function expectUnharmed({ sent, heard, p99Ms }: Bystanding): void {
  expect(sent).toBeGreaterThan(0);
  expect(heard).toBe(sent);
  // 250 on a machine that has nothing else to do: here all tests run at once, and the attackers are in this process.
  expect(p99Ms).toBeLessThan(1_000);
}

async function figure(name: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${String(school.gateway.port)}/metrics`);
  const line = (await answer.text()).split("\n").find((text) => text.startsWith(`${name} `));
  return Number(line?.slice(name.length) ?? 0);
}

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${String(school.gateway.pid)}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024;
}

test("[L1] a flood by one student ends with 4429, and the others notice nothing of it", async () => {
  const bystanders = await bystand(school);
  const [offender, victim] = school.students;
  if (offender === undefined || victim === undefined) throw new Error("nobody is there");
  const flooding = await school.enter(offender);
  const canary = "flooding-canary";
  const message = { type: "sendMessage", room: school.room, body: canary };
  for (let count = 0; count < 1_000; count += 1) {
    flooding.sendRaw(JSON.stringify({ ...message, id: String(count) }));
  }
  expect(await flooding.closed()).toBe(closeReasons.rate_limited.code);
  const refusals = flooding.all("error");
  expect(refusals.length).toBeGreaterThanOrEqual(300);
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(["rate_limited"]));
  expect(refusals.every(({ retryAfterMs = 0 }) => retryAfterMs > 0)).toBe(true);
  // The limits of another are their own, and the offender may come back.
  const other = await school.enter(victim);
  await other.acked({ type: "sendMessage", room: school.room, body: "still my turn" });
  const back = await school.enter(offender);
  for (const client of [other, back]) client.close();
  expectUnharmed(await bystanders.stop());
  expect(await figure('darasa_closes_total{cause="rate_limited"}')).toBe(1);
  expect(school.gateway.output()).not.toContain(canary);
});

test("strangers who say nothing, never finish or dawdle are cut, and meanwhile people come in", async () => {
  const { port } = school.gateway;
  const bystanders = await bystand(school);
  const before = await residentBytes();

  const silent = Array.from({ length: 500 }, () => openRaw(port));
  for (const { socket } of silent) socket.write(upgradeRequest());
  const pieces = endlessPieces(10_000);
  const endless = Array.from({ length: 200 }, () => openRaw(port));
  for (const { socket } of endless) socket.write(upgradeRequest());
  for (const { socket } of endless) socket.once("data", () => socket.write(pieces));
  const dawdling = Array.from({ length: 500 }, () => openRaw(port));
  const request = upgradeRequest();
  let sent = 0;
  const dawdle = setInterval(() => {
    for (const { socket } of dawdling) socket.write(request.slice(sent, sent + 1));
    sent += 1;
  }, 1_000);

  await vi.waitFor(async () => expect(await figure("darasa_sockets")).toBeGreaterThan(500), 10_000);
  const startedAtMs = performance.now();
  const user = await school.enter(school.students[0] ?? school.teacher);
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  user.close();

  const endings = async (sockets: typeof silent) =>
    Math.max(...(await Promise.all(sockets.map(({ ended }) => ended))));
  expect(await endings(silent)).toBeLessThan(limits.helloTimeoutMs + 4_000);
  expect(await endings(endless)).toBeLessThan(limits.helloTimeoutMs + 4_000);
  expect((await residentBytes()) - before).toBeLessThan(64 * 1024 * 1024);
  expect((await fetch(`http://127.0.0.1:${String(port)}/livez`)).status).toBe(200);
  // uWebSockets.js looks every 4 s for those that took 10.
  expect(await endings(dawdling)).toBeLessThan(15_000);
  clearInterval(dawdle);
  expectUnharmed(await bystanders.stop());
  expect(await figure('darasa_closes_total{cause="hello_timeout"}')).toBe(700);
});

test("[L3] one address has so many places among strangers, and another finds room beside it", async () => {
  const { port } = school.gateway;
  const { perAddress } = strangerLimits;
  const crowd = Array.from({ length: perAddress + 50 }, () => openRaw(port));
  const answers = await Promise.all(
    crowd.map(
      ({ socket }) =>
        new Promise<string>((resolve) => {
          socket.once("data", (bytes: Buffer) => resolve(bytes.toString().slice(9, 12)));
          socket.write(upgradeRequest({ "x-forwarded-for": "198.51.100.7" }));
        }),
    ),
  );
  expect(answers.filter((status) => status === "101")).toHaveLength(perAddress);
  expect(answers.filter((status) => status === "429")).toHaveLength(50);
  const user = await school.enter(school.students[1] ?? school.teacher);
  user.close();
  for (const { socket } of crowd) socket.destroy();
  expect(await figure('darasa_upgrades_refused_total{reason="strangers"}')).toBe(50);
});

test("what is refused shows nowhere: no ticket and no name in any line of the log", async () => {
  const ticket = await signGatewayTicket(school.gateway.ticketKey, school.teacher);
  const client = new TestClient(school.gateway.port);
  await new Promise((resolve) => client.socket.once("open", resolve));
  client.sendRaw(JSON.stringify({ type: "hello", ticket: `${ticket}x` }));
  expect(await client.closed()).toBe(closeReasons.unauthenticated.code);
  const [, payload = ""] = ticket.split(".");
  expect(school.gateway.output()).not.toContain(payload);
  expect(school.gateway.output()).not.toContain(school.teacher.name);
});
