import { closeReasons } from "@darasa/protocol";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createUwsTransport } from "../src/transport/uws.ts";
import { createWsTransport } from "../src/transport/ws.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import { TestClient } from "./support/testClient.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** All figures at one moment, by name and labels. */
async function scrape({ gateway }: LocalSchool): Promise<Map<string, number>> {
  const answer = await fetch(`http://127.0.0.1:${String(gateway.port)}/metrics`);
  const lines = (await answer.text()).split("\n").filter((line) => !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe.each([
  ["uWebSockets.js", createUwsTransport],
  ["ws", createWsTransport],
])("on %s", (_, createTransport) => {
  test("the figures are what clients saw, also when they are read under load", async () => {
    const school = await startLocalSchool({
      createTransport,
      settings: () => Promise.resolve({ limitsScale: 1_000 }),
    });
    cleanups.push(() => school.stop());
    const people = [school.teacher, ...school.students];
    const clients = await Promise.all(people.map((person) => school.enter(person)));
    const before = await scrape(school);
    const perClient = 40;
    const { room } = school;
    const asked = clients.flatMap((client) =>
      Array.from({ length: perClient }, (_unused, count) =>
        client.acked({ type: "sendMessage", room, body: `message ${String(count)}` }),
      ),
    );
    const during: number[] = [];
    const load = { isOver: false };
    const scraping = (async () => {
      while (!load.isOver) during.push((await scrape(school)).get(stored) ?? 0);
    })();
    await Promise.all(asked);
    const total = people.length * perClient;
    for (const client of clients) await client.next("chatMessage", ({ seq }) => seq === total);
    load.isOver = true;
    await scraping;

    const figures = await scrape(school);
    const grew = (name: string) => (figures.get(name) ?? NaN) - (before.get(name) ?? 0);
    expect(grew(stored)).toBe(total);
    expect(during).toEqual(during.toSorted((a, b) => a - b));
    const events = grew("darasa_events_published_total");
    const frames = grew("darasa_frames_published_total");
    expect(events).toBeGreaterThanOrEqual(total);
    expect(frames).toBeGreaterThan(0);
    expect(frames).toBeLessThanOrEqual(events);
    expect(grew("darasa_frames_delivered_total")).toBe(frames * people.length);
    for (const client of clients) expect(client.all("chatMessage")).toHaveLength(total);
    expect(Object.fromEntries(figures)).toMatchObject({
      darasa_sockets: people.length,
      darasa_sessions: people.length,
      darasa_stays: people.length,
      darasa_people_present: people.length,
      darasa_rooms: 1,
      darasa_halls: 0,
      darasa_draining: 0,
      darasa_commands_under_way: 0,
      darasa_chat_waiting: 0,
      darasa_database_waiting: 0,
      darasa_unsent_bytes: 0,
      'darasa_tickets_total{door="gateway",kind="gateway",outcome="redeemed"}': people.length,
    });
    const rss = figures.get("process_resident_memory_bytes") ?? 0;
    expect(figures.get("darasa_rss_bytes_per_session")).toBeCloseTo(rss / people.length, -7);
  });

  test("what did not come in and what went out is counted by its reason", async () => {
    const school = await startLocalSchool({ createTransport });
    cleanups.push(() => school.stop());
    const { port } = school.gateway;
    const client = await school.enter(school.teacher);
    await new TestClient(port, { origin: "https://evil.example" }).closed();
    await new TestClient(port, { protocol: "other.v1" }).closed();
    for (let fault = 0; fault < 11; fault += 1) client.sendRaw("{");
    expect(await client.closed()).toBe(closeReasons.bad_frame.code);
    const again = await school.connect(school.teacher);
    again.close();
    await again.closed();
    await vi.waitFor(async () => {
      expect(Object.fromEntries(await scrape(school))).toMatchObject({
        darasa_sockets: 0,
        'darasa_upgrades_refused_total{reason="origin"}': 1,
        'darasa_upgrades_refused_total{reason="protocol"}': 1,
        'darasa_closes_total{cause="bad_frame"}': 1,
        'darasa_closes_total{cause="peer"}': 1,
        'darasa_refusals_total{code="bad_frame"}': 11,
      });
    });
  });
});

const stored = 'darasa_ack_seconds_count{command="sendMessage"}';
