import { setTimeout as delay } from "node:timers/promises";
import type { ParticipantId } from "@darasa/protocol";
import { BoardClient, boardUrl } from "../../realtime/test/support/boardClient.ts";
import { Connection } from "../conformance/client.mjs";
import { residentBytes } from "../figures/residentMemory.ts";
import { bytesPerMinute, type MemorySample } from "../load/bytesPerMinute.ts";
import type { LoadNodes } from "../load/loadNodes.ts";
import { fillGroups, type LoadGroup, type LoadPerson } from "../school/fillSchool.ts";
import type { GatewayNode } from "../school/gatewayNode.ts";
import { insertBoard } from "../school/insertBoard.ts";
import { signTicket } from "../school/signTicket.ts";
import { countThings, findLeftovers } from "./leftovers.ts";

export interface ChurnPlan {
  readonly rooms: number;
  /** In each room; all of them come and go all the time. */
  readonly size: number;
  readonly seconds: number;
  readonly random: () => number;
}

export interface ChurnOutcome {
  readonly visits: number;
  /** Visits that did not go as they should, by what went wrong. */
  readonly failures: readonly string[];
  /** Of the node that grew most, in the second half. */
  readonly bytesPerMinute: number;
  /** What there is more of than before, when all have gone. */
  readonly leftovers: readonly string[];
}

interface Chair {
  readonly room: LoadGroup;
  readonly person: LoadPerson;
  readonly boardId: string;
  readonly node: GatewayNode;
}

const maxStaySeconds = 3;
/** Pools let go of connections after a minute, boards leave memory after some seconds. */
const settleMs = 120_000;

/** People come, talk, draw and go, all the time; then all go, and what came with them has to. */
export async function runChurn(nodes: LoadNodes, plan: ChurnPlan): Promise<ChurnOutcome> {
  const chairs = await fillChairs(nodes, plan);
  const before = await countThings(nodes);
  const memory = nodes.nodes.map((): MemorySample[] => []);
  const look = () =>
    nodes.nodes.forEach((node, index) => {
      void residentBytes(node.pid()).then((bytes) =>
        memory[index]?.push({ atMs: performance.now(), bytes }),
      );
    });
  const watch = setInterval(look, 1_000);
  const failures: string[] = [];
  let visits = 0;
  const untilMs = performance.now() + plan.seconds * 1_000;
  const comeAndGo = async (chair: Chair): Promise<void> => {
    while (performance.now() < untilMs) {
      const visit = plan.random() < 0.7 ? talk : draw;
      await visit(chair, nodes.ticketKey, plan.random).catch((error: unknown) =>
        failures.push(`${visit.name}: ${String(error)}`),
      );
      visits += 1;
    }
  };
  await Promise.all(chairs.map(comeAndGo));
  clearInterval(watch);
  return {
    visits,
    failures,
    bytesPerMinute: Math.max(...memory.map(bytesPerMinute)),
    leftovers: await findLeftovers(nodes, before, settleMs),
  };
}

async function fillChairs({ database, nodes }: LoadNodes, plan: ChurnPlan): Promise<Chair[]> {
  const { superuserUrl } = database;
  const { schoolId, rooms } = await fillGroups(superuserUrl, {
    rooms: plan.rooms,
    size: plan.size,
    teachersEach: 1,
    name: "Somebody",
  });
  const chairs: Chair[] = [];
  for (const [index, room] of rooms.entries()) {
    const boardId = await insertBoard(superuserUrl, { schoolId, roomId: room.roomId });
    const node = nodes[index % nodes.length];
    if (node === undefined) throw new Error("There is no node");
    chairs.push(...room.members.map((person) => ({ room, person, boardId, node })));
  }
  return chairs;
}

/** Comes into the room, says something, and leaves, or is just gone. */
async function talk(
  { room: { roomId: room }, person, node }: Chair,
  ticketKey: Uint8Array,
  random: () => number,
): Promise<void> {
  const url = `ws://127.0.0.1:${node.port}/ws`;
  const connection = await Connection.open(url, signTicket(ticketKey, person));
  try {
    await connection.done({ type: "joinRoom", room, liveClass: null });
    await connection.done({ type: "raiseHand", room });
    await connection.done({ type: "sendMessage", room, body: "I come and go" });
    await delay(random() * maxStaySeconds * 1_000);
    if (random() < 0.5) await connection.done({ type: "leaveRoom", room });
  } finally {
    connection.close();
  }
}

/** Comes to the board, draws or wipes something, and is gone when it is stored. */
async function draw(
  { room: { roomId: room }, person, boardId: board, node }: Chair,
  ticketKey: Uint8Array,
  random: () => number,
): Promise<void> {
  const place = { gateway: node, ticketKey, room, liveClassId: "" };
  const who = { ...person, participantId: person.participantId as ParticipantId };
  const client = new BoardClient(
    await boardUrl(place, { board, person: who, visit: { liveClass: null } }),
  );
  try {
    await client.sync();
    for (let stroke = 0; stroke < 5; stroke += 1) {
      const id = `shape:${Math.floor(random() * 20)}`;
      if (random() < 0.3) client.records.delete(id);
      else client.records.set(id, { id, x: random() });
      client.point({ cursor: { x: random(), y: random() } });
      await delay(random() * maxStaySeconds * 200);
    }
    await client.sync();
  } finally {
    client.close();
    client.awareness.destroy();
    client.doc.destroy();
  }
}
