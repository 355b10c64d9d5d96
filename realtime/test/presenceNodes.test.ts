import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { protocolTimings } from "../src/timings.ts";
import { admitGuests } from "./support/admitGuests.ts";
import {
  missingForNodes,
  reasonWithoutNodes,
  startNodes,
  type TestNodes,
} from "./support/nodes.ts";
import { present, presentList, seen } from "./support/presentList.ts";
import type { TestClient } from "./support/testClient.ts";
import type { TestPerson } from "./support/testSchool.ts";

const missing = missingForNodes();

let all: TestNodes;
let guests: TestPerson[];

/** A node that died is forgotten a seventh as late as it would be, with the same time to be late in. */
const timings = { sliceBeatMs: 900, sliceLifeMs: 3_000 };
const mayBeLateMs = 35_000 - protocolTimings.sliceBeatMs - protocolTimings.sliceLifeMs;
const goneWithinMs = timings.sliceBeatMs + timings.sliceLifeMs + mayBeLateMs;

beforeAll(async () => {
  if (missing !== null) return undefined;
  all = await startNodes(3, { timings });
  const { database, liveClass } = all.school;
  guests = await admitGuests({ database, liveClassId: liveClass.liveClassId }, 40);
  return () => all.stop();
}, 60_000);

const open: TestClient[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});

async function enter(node: number, person: TestPerson): Promise<TestClient> {
  const client = await all.enter(node, person);
  open.push(client);
  return client;
}

/** So many of the guests, one after the other on the first two nodes. */
async function enterClass(count: number): Promise<TestClient[]> {
  return Promise.all(guests.slice(0, count).map((person, index) => enter(index % 2, person)));
}

const room = () => all.school.room;

/** Two who stay all the time, so that both nodes know of the third, which is killed. */
const keepers = 2;

describe.skipIf(missing !== null)(`presence over several nodes${reasonWithoutNodes()}`, () => {
  /** Those of the node that is killed: five, the first of them with a raised hand. */
  const lost = () => guests.slice(35);

  test("[P14] who is connected to any node is present to all; who was at one that died is gone within 35 s, and a hand is remembered", async () => {
    const watchers = [];
    for (const [node, person] of guests.slice(33, 33 + keepers).entries()) {
      watchers.push(await all.enter(node, person));
    }
    for (const person of lost()) await all.enter(2, person).then((client) => hands(client, person));
    for (const watcher of watchers) {
      await present(watcher, keepers + 5);
      await seen(watcher, idOf(lost()[0]), (one) => one.handRaisedAtMs !== null);
    }
    const [watcher] = watchers as [TestClient];
    const [raised] = lost();
    const before = await seen(watcher, idOf(raised));
    await all.nodes[2]?.end("SIGKILL");
    const killedAtMs = performance.now();
    await present(watcher, keepers);
    expect(performance.now() - killedAtMs).toBeLessThan(goneWithinMs);
    const back = await enter(0, raised as TestPerson);
    const { handRaisedAtMs } = await seen(back, idOf(raised), (one) => one.handRaisedAtMs !== null);
    expect(handRaisedAtMs).toBe(before.handRaisedAtMs);
    await back.acked({ type: "lowerHand", room: room(), participant: idOf(raised) });
    back.close();
    await present(watcher, keepers);
  });

  async function hands(client: TestClient, person: TestPerson): Promise<void> {
    if (person === lost()[0]) await client.acked({ type: "raiseHand", room: room() });
  }

  test("[P14] a class of 30 on two nodes: all see all, whoever comes, changes and goes", async () => {
    const teacher = await enter(0, all.school.teacher);
    const clients = await enterClass(29);
    const there = 30 + keepers;
    for (const client of [teacher, ...clients]) await present(client, there);
    await clients[1]?.acked({ type: "setPresence", room: room(), context: "board", idle: true });
    for (const client of clients) {
      await seen(client, idOf(guests[1]), ({ context, idle }) => context === "board" && idle);
    }
    const raise = { type: "raiseHand", room: room() } as const;
    for (const client of clients.slice(0, 6)) await client.acked(raise);
    for (const client of clients) {
      const times = await Promise.all(
        guests.slice(0, 6).map(async (guest) => {
          const { handRaisedAtMs } = await seen(
            client,
            idOf(guest),
            (one) => one.handRaisedAtMs !== null,
          );
          return handRaisedAtMs ?? 0;
        }),
      );
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    await teacher.acked({ type: "lowerHand", room: room(), participant: null });
    for (const client of clients) {
      for (const guest of guests.slice(0, 6)) {
        await seen(client, idOf(guest), (one) => one.handRaisedAtMs === null);
      }
    }
    for (const client of clients.slice(10)) client.close();
    for (const client of [teacher, ...clients.slice(0, 10)]) await present(client, there - 19);
  });

  test("[P1][P9] a person on two nodes is one; what they said last counts, and the first of it stays when it goes", async () => {
    const watcher = await enter(0, all.school.teacher);
    const [person] = guests;
    const [laptop, phone] = [
      await enter(0, guests[0] as TestPerson),
      await enter(1, guests[0] as TestPerson),
    ];
    const { joinedAtMs } = await seen(watcher, idOf(person));
    const look = { type: "setPresence", room: room(), idle: true } as const;
    await laptop.acked({ ...look, context: "board" });
    await seen(watcher, idOf(person), (one) => one.context === "board" && !one.idle);
    await phone.acked({ ...look, context: "room" });
    await seen(watcher, idOf(person), (one) => one.context === "room" && one.idle);
    await phone.acked({ type: "raiseHand", room: room() });
    await seen(watcher, idOf(person), (one) => one.handRaisedAtMs !== null);
    phone.close();
    const alone = await seen(watcher, idOf(person), (one) => one.context === "board");
    expect(alone).toMatchObject({ joinedAtMs, idle: true });
    expect(alone.handRaisedAtMs).not.toBeNull();
    await laptop.acked({
      type: "lowerHand",
      room: room(),
      participant: person?.participantId ?? null,
    });
    await seen(watcher, idOf(person), (one) => one.handRaisedAtMs === null);
  });

  test("[P3][P5] who is on another node is muted, has their hand lowered, and keeps it on the way to another node", async () => {
    const teacher = await enter(0, all.school.teacher);
    const person = guests[1] as TestPerson;
    const student = await enter(1, person);
    await student.acked({
      type: "setMedia",
      room: room(),
      microphone: true,
      camera: true,
      screen: false,
    });
    await seen(teacher, person.participantId, ({ media }) => media.microphone);
    const mute = { type: "muteParticipant", room: room(), track: "microphone" } as const;
    await teacher.acked({ ...mute, participant: person.participantId });
    await student.next("muted", ({ byName }) => byName === all.school.teacher.name);
    await seen(teacher, person.participantId, ({ media }) => !media.microphone && media.camera);
    await teacher.acked({ ...mute, track: "camera", participant: null });
    await seen(teacher, person.participantId, ({ media }) => !media.camera);
    await student.acked({ type: "raiseHand", room: room() });
    const { handRaisedAtMs } = await seen(
      teacher,
      person.participantId,
      (one) => one.handRaisedAtMs !== null,
    );
    student.close();
    await teacher.next("presence", ({ gone }) => gone.includes(person.participantId));
    const elsewhere = await enter(0, person);
    await seen(elsewhere, person.participantId, (one) => one.handRaisedAtMs === handRaisedAtMs);
    const back = await enter(1, person);
    await teacher.acked({ type: "lowerHand", room: room(), participant: person.participantId });
    await seen(back, person.participantId, (one) => one.handRaisedAtMs === null);
  });

  test("[V1][V2][V3] one mesh over two nodes: six at most, all told, and signals reach the session they are for", async () => {
    const clients = await enterClass(7);
    const join = { type: "joinMesh", room: room() } as const;
    const [one, two] = clients as [TestClient, TestClient, ...TestClient[]];
    const seventh = clients.at(-1) as TestClient;
    const six = clients.slice(0, 6);
    for (const client of six) await client.acked(join);
    for (const member of six) await member.until(() => meshOf(member).size === 5 || undefined);
    expect(await seventh.refused(join)).toBe("mesh_full");
    const to = sessionOf(two);
    await one.acked({ type: "sendSignal", room: room(), to, signal: { generation: 7 } });
    expect(await two.next("signal")).toMatchObject({
      from: sessionOf(one),
      signal: { generation: 7 },
    });
    const again = await enter(0, guests[1] as TestPerson);
    expect((await again.acked(join)).members).toHaveLength(5);
    expect((await two.next("meshLeft")).sessionId).toBe(to);
    expect(
      await two.refused({ type: "sendSignal", room: room(), to: sessionOf(one), signal: {} }),
    ).toBe("not_found");
    again.close();
    await one.next("meshLeft", (event) => event.sessionId === sessionOf(again));
    expect((await seventh.acked(join)).members).toHaveLength(5);
    for (const client of clients) client.close();
  });

  test("[V1] those who enter the last place at the same time on two nodes: six in the end, as all are told", async () => {
    const clients = await enterClass(12);
    const join = { type: "joinMesh", room: room() } as const;
    await Promise.all(clients.map((client) => client.ask(join)));
    const members = clients.filter((client) => isInMesh(client));
    await members[0]?.until(() => clients.filter(isInMesh).length === 6 || undefined);
    const inMesh = clients.filter(isInMesh);
    for (const member of inMesh) {
      await member.until(() => meshOf(member).size === 5 || undefined);
      expect([...meshOf(member)].sort()).toEqual(
        inMesh
          .filter((other) => other !== member)
          .map(sessionOf)
          .sort(),
      );
    }
  });

  test("[P14] Redis dies and comes back empty: what happened meanwhile at each node is right at the other", async () => {
    const [teacher, other] = [
      await enter(0, all.school.teacher),
      await enter(1, guests[0] as TestPerson),
    ];
    const leaving = await enter(1, guests[1] as TestPerson);
    await present(teacher, keepers + 3);
    await all.redis.kill();
    await expect.poll(() => all.figure(0, "darasa_nodes_connected")).toBe(0);
    leaving.close();
    await enter(1, guests[2] as TestPerson);
    await other.acked({ type: "raiseHand", room: room() });
    // Who cannot be heard is not gone for that.
    expect(presentList(teacher).count).toBe(keepers + 3);
    await all.redis.start();
    await seen(teacher, idOf(guests[0]), (one) => one.handRaisedAtMs !== null);
    await seen(teacher, idOf(guests[2]));
    await teacher.until(() => !presentList(teacher).people.has(idOf(guests[1])) || undefined);
    await present(other, keepers + 3);
  }, 30_000);
});

function idOf(person: TestPerson | undefined): TestPerson["participantId"] {
  if (person === undefined) throw new Error("there is nobody");
  return person.participantId;
}

function sessionOf(client: TestClient | undefined) {
  const [welcome] = client?.all("welcome") ?? [];
  if (welcome === undefined) throw new Error("nobody was welcomed");
  return welcome.sessionId;
}

/** The others in the mesh, as this member was told. */
function meshOf(client: TestClient): Set<string> {
  const members = new Set<string>();
  for (const message of client.messages) {
    if (message.type === "ack" && "members" in message.result) {
      for (const { sessionId } of message.result.members) members.add(sessionId);
    }
    if (message.type === "meshJoined") members.add(message.sessionId);
    if (message.type === "meshLeft") members.delete(message.sessionId);
  }
  return members;
}

function isInMesh(client: TestClient): boolean {
  const own = sessionOf(client);
  const isIn = client.all("ack").some(({ result }) => "members" in result);
  return isIn && !client.all("meshLeft").some(({ sessionId }) => sessionId === own);
}
