import { randomUUID } from "node:crypto";
import type { ChatMessage, ParticipantId, RoomId } from "@darasa/protocol";
import { afterEach, expect, test } from "vitest";
import { roomChannel } from "../publish/channelNames.ts";
import type { Channel } from "../publish/publisher.ts";
import type { NodeBus, NodeId, NodeNotice, RoomNotice } from "./nodeBus.ts";

/** Makes the buses of nodes that meet, and can part them. */
export interface NodesUnderTest {
  join(nodeId: NodeId): NodeBus;
  /** From here on nothing is carried. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** A node that remembers what it heard. */
export interface HearingNode {
  readonly bus: NodeBus;
  readonly heard: { channel: Channel; from: NodeId; notice: RoomNotice }[];
  readonly heardByAll: { from: NodeId; notice: NodeNotice }[];
  readonly followed: Set<Channel>;
  readonly missed: { count: number };
}

/** Joins and waits until it hears. */
export async function joinHearing(nodes: Pick<NodesUnderTest, "join">): Promise<HearingNode> {
  const bus = nodes.join(randomUUID() as NodeId);
  const node: HearingNode = {
    bus,
    heard: [],
    heardByAll: [],
    followed: new Set(),
    missed: { count: 0 },
  };
  bus.listen({
    heard: (channel, from, notice) => void node.heard.push({ channel, from, notice }),
    heardByAll: (from, notice) => void node.heardByAll.push({ from, notice }),
    followed: (channels) => channels.forEach((channel) => node.followed.add(channel)),
    missed: () => void (node.missed.count += 1),
  });
  await expect.poll(() => node.missed.count).toBe(1);
  return node;
}

/** Follows and waits until it hears. */
export async function follow({ bus, followed }: HearingNode, channel: Channel): Promise<void> {
  bus.follow(channel);
  await expect.poll(() => followed.has(channel)).toBe(true);
}

/** Of a room that nobody else knows. */
export function newChannel(): Channel {
  return roomChannel(randomUUID() as never, randomUUID() as RoomId);
}

/** A notice that is told from others by its number. */
export function message(seq: number): RoomNotice {
  return { kind: "messages", messages: [{ seq, body: "Habari" } as ChatMessage] };
}

/** What every bus promises, whatever carries it. */
export function describeNodeBus(start: () => Promise<NodesUnderTest>): void {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function startWith(count: number) {
    const nodes = await start();
    const joined = await Promise.all(Array.from({ length: count }, () => joinHearing(nodes)));
    cleanups.push(() => Promise.all(joined.map(({ bus }) => bus.close())));
    return { nodes, joined: joined as [HearingNode, HearingNode, ...HearingNode[]] };
  }

  test("what is said of a room is heard by all who follow it, in order, and not by who said it", async () => {
    const { joined } = await startWith(3);
    const [speaker, ...others] = joined;
    const room = newChannel();
    for (const node of joined) await follow(node, room);
    for (let seq = 1; seq <= 50; seq += 1) {
      speaker.bus.say(room, message(seq));
      if (seq % 10 === 0) await new Promise(setImmediate);
    }
    for (const { heard } of others) {
      await expect.poll(() => heard.length).toBe(50);
      const from = speaker.bus.nodeId;
      const expected = Array.from({ length: 50 }, (_, index) => message(index + 1));
      expect(heard).toEqual(expected.map((notice) => ({ channel: room, from, notice })));
    }
    expect(speaker.heard).toEqual([]);
  });

  test("a node hears of a room that it follows, and of no other, though who says it follows none", async () => {
    const { joined } = await startWith(2);
    const [speaker, listener] = joined;
    const room = newChannel();
    await follow(listener, room);
    speaker.bus.say(newChannel(), message(1));
    speaker.bus.say(room, message(2));
    await expect.poll(() => listener.heard.map(({ notice }) => notice)).toEqual([message(2)]);
  });

  test("a room is heard until it was left as often as it was followed", async () => {
    const { joined } = await startWith(2);
    const [speaker, listener] = joined;
    const room = newChannel();
    const end = newChannel();
    await follow(listener, room);
    listener.bus.follow(room);
    listener.bus.leave(room);
    speaker.bus.say(room, message(1));
    await expect.poll(() => listener.heard.length).toBe(1);
    listener.bus.leave(room);
    await follow(listener, end);
    speaker.bus.say(room, message(2));
    speaker.bus.say(end, message(3));
    await expect.poll(() => listener.heard.at(-1)?.notice).toEqual(message(3));
    expect(listener.heard.map(({ notice }) => notice)).toEqual([message(1), message(3)]);
  });

  test("a room that is left and followed again in one turn is heard", async () => {
    const { joined } = await startWith(2);
    const [speaker, listener] = joined;
    const room = newChannel();
    await follow(listener, room);
    listener.bus.leave(room);
    listener.bus.follow(room);
    const end = newChannel();
    await follow(listener, end);
    speaker.bus.say(room, message(1));
    await expect.poll(() => listener.heard.map(({ notice }) => notice)).toEqual([message(1)]);
  });

  test("what is said to all is heard by all others", async () => {
    const { joined } = await startWith(3);
    const [speaker, ...others] = joined;
    const who = randomUUID() as ParticipantId;
    const notice: NodeNotice = { kind: "drawn", draws: [{ who, group: "chat", tokens: 3 }] };
    speaker.bus.sayToAll(notice);
    for (const { heardByAll } of others) {
      await expect.poll(() => heardByAll).toEqual([{ from: speaker.bus.nodeId, notice }]);
    }
    expect(speaker.heardByAll).toEqual([]);
  });

  test("[T8] of many who claim a key at once, one is the first; later it is anybody's again", async () => {
    const { joined } = await startWith(2);
    const key = randomUUID();
    const claim = () => Promise.all(joined.map(async ({ bus }) => bus.claim(key, 200)));
    const claims = (await Promise.all(Array.from({ length: 25 }, claim))).flat();
    expect(claims.filter((outcome) => outcome === "first")).toHaveLength(1);
    expect(claims.filter((outcome) => outcome === "taken")).toHaveLength(49);
    await expect.poll(() => joined[0].bus.claim(key, 200)).toBe("first");
  });

  test("[T8] a node that is cut off knows it, claims nothing, and hears again when that ends", async () => {
    const { nodes, joined } = await startWith(2);
    const [speaker, listener] = joined;
    const rooms = Array.from({ length: 100 }, newChannel);
    await Promise.all(rooms.map((room) => follow(listener, room)));
    await nodes.cut();
    await expect.poll(() => joined.map(({ bus }) => bus.isConnected)).toEqual([false, false]);
    expect(await speaker.bus.claim(randomUUID(), 1_000)).toBe("unknown");
    const late = newChannel();
    listener.bus.follow(late);
    speaker.bus.say(late, message(1));
    await nodes.mend();
    await expect.poll(() => joined.map(({ missed }) => missed.count)).toEqual([2, 2]);
    for (const room of [...rooms, late]) speaker.bus.say(room, message(2));
    await expect.poll(() => listener.heard.length).toBe(101);
    expect(listener.heard.map(({ notice }) => notice)).not.toContainEqual(message(1));
    expect(await speaker.bus.claim(randomUUID(), 1_000)).toBe("first");
  });

  test("whatever is asked of a closed bus does nothing", async () => {
    const { joined } = await startWith(2);
    const [speaker, listener] = joined;
    const room = newChannel();
    await follow(listener, room);
    speaker.bus.say(room, message(1));
    await speaker.bus.close();
    await expect.poll(() => listener.heard.length).toBe(1);
    speaker.bus.say(room, message(2));
    speaker.bus.follow(room);
    speaker.bus.leave(room);
    expect(await speaker.bus.claim(randomUUID(), 1_000)).toBe("unknown");
    await speaker.bus.close();
    expect(listener.heard).toHaveLength(1);
  });
}
