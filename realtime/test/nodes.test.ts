import { randomUUID } from "node:crypto";
import { notifyControl, sql } from "@darasa/database";
import { closeReasons } from "@darasa/protocol";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import {
  missingForNodes,
  reasonWithoutNodes,
  startNodes,
  type TestNodes,
} from "./support/nodes.ts";
import { signGatewayTicket } from "./support/signTicket.ts";
import type { TestClient } from "./support/testClient.ts";

const missing = missingForNodes();

let all: TestNodes;
beforeAll(async () => {
  if (missing !== null) return undefined;
  all = await startNodes(3);
  return () => all.stop();
});

/** Everybody of the school, one after the other on each node. */
async function enterEverywhere(): Promise<TestClient[]> {
  const people = [all.school.teacher, ...all.school.students];
  return Promise.all(people.map((person, index) => all.enter(index % all.nodes.length, person)));
}

/** Everybody heard these, each once and in order, and nothing after them that they did not. */
async function everybodyHeard(clients: readonly TestClient[], lastSeq: number): Promise<void> {
  for (const client of clients) {
    await client.until(() => client.chat().at(-1)?.seq === lastSeq || undefined);
    const seqs = client.chat().map(({ seq }) => seq);
    const first = seqs[0] ?? 0;
    expect(seqs).toEqual(Array.from({ length: lastSeq - first + 1 }, (_, index) => first + index));
  }
}

describe.skipIf(missing !== null)(`three nodes${reasonWithoutNodes()}`, () => {
  test("[R1] what is written on any node is heard on every node once, in order of seq without a gap", async () => {
    const clients = await enterEverywhere();
    const { room, database, teacher } = all.school;
    const acks = await Promise.all(
      clients.flatMap((client, who) =>
        Array.from({ length: 60 }, (_, index) =>
          client.acked({ type: "sendMessage", room, body: `${String(who)}.${String(index)}` }),
        ),
      ),
    );
    const lastSeq = Math.max(...acks.map(({ seq }) => seq));
    await everybodyHeard(clients, lastSeq);
    const seqs = acks.map(({ seq }) => seq).sort((a, b) => a - b);
    expect(seqs).toEqual(seqs.map((_, index) => lastSeq - seqs.length + 1 + index));
    const stored = await database.database.inSchool(teacher.schoolId, (tx) =>
      tx.any(sql.type(z.object({ seq: z.coerce.number(), body: z.string() }))`
        select seq, body from chat_messages where room_id = ${room} order by seq`),
    );
    for (const client of clients) {
      const [first = { seq: 0 }] = client.chat();
      expect(client.chat()).toEqual(stored.filter(({ seq }) => seq >= first.seq));
      client.close();
    }
  });

  test("[M2] one client id a hundred times at once on two nodes: one message, and every ack the same", async () => {
    const { room, students, database } = all.school;
    const [sender] = students;
    if (sender === undefined) throw new Error("there is no student");
    const clients = [await all.enter(0, sender), await all.enter(1, sender)];
    const id = randomUUID();
    for (let count = 0; count < 50; count += 1) {
      for (const client of clients) {
        client.sendRaw(JSON.stringify({ type: "sendMessage", id, room, body: "Mara moja tu" }));
      }
    }
    const acks = await Promise.all(
      clients.map((client) =>
        client.until(() => {
          const found = client.all("ack").filter((ack) => ack.id === id);
          return found.length === 50 ? found : undefined;
        }),
      ),
    );
    expect(new Set(acks.flat().map((ack) => JSON.stringify(ack.result))).size).toBe(1);
    const { count } = await database.database.inSchool(sender.schoolId, (tx) =>
      tx.one(sql.type(z.object({ count: z.number() }))`
        select count(*)::int from chat_messages where client_id = ${id}`),
    );
    expect(count).toBe(1);
    for (const client of clients) client.close();
  });

  test("[T2] one ticket at two nodes, fifty times at once: one connection", async () => {
    const { gateway, teacher } = all.school;
    const ticket = await signGatewayTicket(gateway.ticketKey, teacher);
    const tries = Array.from({ length: 50 }, (_, index) => all.hello(index % 2, ticket));
    const open = (await Promise.all(tries)).filter((client) => client !== null);
    expect(open).toHaveLength(1);
    open[0]?.close();
  });

  test("[T6] when a sign-in ends, the connections that it opened are closed on every node", async () => {
    const { students, database } = all.school;
    const person = students[3];
    if (person === undefined) throw new Error("there is no student");
    const clients = await Promise.all([0, 1, 2].map((node) => all.enter(node, person)));
    const bystander = await all.enter(1, all.school.teacher);
    const { schoolId, participantId } = person;
    await database.database.inSchool(schoolId, (tx) =>
      notifyControl(tx, {
        kind: "accessChanged",
        schoolId,
        participantId,
        signInIds: [participantId],
        atMs: Date.now(),
      }),
    );
    for (const client of clients) {
      expect(await client.closed()).toBe(closeReasons.unauthenticated.code);
    }
    expect(bystander.closeCode).toBeNull();
    bystander.close();
  });
});

/** What each of them has acked, from whatever node it was sent, while `spoil` went on. */
async function writeMeanwhile(
  clients: readonly TestClient[],
  spoil: () => Promise<unknown>,
): Promise<{ seq: number; tookMs: number }[]> {
  let isOver = false;
  const acks: { seq: number; tookMs: number }[] = [];
  const writing = clients.map(async (client, who) => {
    for (let index = 0; !isOver; index += 1) {
      const startedAtMs = performance.now();
      const body = `meanwhile ${String(who)}.${String(index)}`;
      const { room } = all.school;
      const { seq } = await client.acked({ type: "sendMessage", room, body });
      acks.push({ seq, tookMs: performance.now() - startedAtMs });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  await spoil();
  isOver = true;
  await Promise.all(writing);
  return acks;
}

describe.skipIf(missing !== null)(`when Redis fails, three nodes${reasonWithoutNodes()}`, () => {
  let clients: TestClient[];
  const pids = () => all.nodes.map(({ pid }) => pid);
  beforeEach(async () => {
    clients = await enterEverywhere();
    const before = pids();
    return () => {
      // The same processes, and none of them complained of itself.
      expect(pids()).toEqual(before);
      for (const node of all.nodes) expect(node.output()).not.toMatch(/"level":"error"/);
      for (const client of clients) client.close();
    };
  });

  /** Everybody has everything that was acked meanwhile, and nobody waited for Redis. */
  async function allIsWell(acks: readonly { seq: number; tookMs: number }[]): Promise<void> {
    await everybodyHeard(clients, Math.max(...acks.map(({ seq }) => seq)));
    const heard = new Set(clients[0]?.chat().map(({ seq }) => seq));
    expect(acks.filter(({ seq }) => !heard.has(seq))).toEqual([]);
    expect(new Set(acks.map(({ seq }) => seq)).size).toBe(acks.length);
    expect(Math.max(...acks.map(({ tookMs }) => tookMs))).toBeLessThan(1_500);
  }

  test("Redis dies and comes back empty: nothing is lost or doubled, and tickets open doors meanwhile", async () => {
    const acks = await writeMeanwhile(clients, async () => {
      await all.redis.kill();
      await all.connected(false);
      const late = await all.enter(2, all.school.guest);
      await clients[0]?.acked({
        type: "sendMessage",
        room: all.school.room,
        body: "while Redis is away",
      });
      late.close();
      await all.redis.start();
      await all.connected(true);
    });
    await allIsWell(acks);
    for (const node of all.nodes) expect(node.output().match(/Redis is away/g)).toHaveLength(1);
  });

  test("Redis takes everything and answers nothing: within 5 s it counts as away, and nobody waits for it", async () => {
    const acks = await writeMeanwhile(clients, async () => {
      const startedAtMs = performance.now();
      await Promise.all(all.ways.map((way) => way.blackhole()));
      const ticket = await signGatewayTicket(all.school.gateway.ticketKey, all.school.guest);
      (await all.hello(0, ticket))?.close();
      expect(await all.hello(0, ticket)).toBeNull();
      await all.connected(false);
      expect(performance.now() - startedAtMs).toBeLessThan(6_000);
      await Promise.all(all.ways.map((way) => way.heal()));
      await all.connected(true);
    });
    await allIsWell(acks);
  });

  test("Redis is slow: all arrives in order all the same, and nobody waits for it", async () => {
    const acks = await writeMeanwhile(clients, async () => {
      await Promise.all(all.ways.map((way) => way.slow(500)));
      const late = await all.enter(1, all.school.guest);
      const body = "slowly";
      await late.acked({ type: "sendMessage", room: all.school.room, body });
      for (const client of clients) {
        await client.next("chatMessage", (event) => event.body === body);
      }
      late.close();
      await Promise.all(all.ways.map((way) => way.heal()));
    });
    await allIsWell(acks);
    await all.connected(true);
  });
});
