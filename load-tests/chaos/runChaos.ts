import { setTimeout as delay } from "node:timers/promises";
import { fillSchool, type LoadRoom } from "../school/fillSchool.ts";
import { makeTicketKey, startNode, type GatewayNode } from "../school/gatewayNode.ts";
import {
  startLoadPostgres,
  type DatabasePlace,
  type LoadPostgres,
} from "../school/loadPostgres.ts";
import { signTicket } from "../school/signTicket.ts";
import { until } from "../until.ts";
import { balanceLedger, type LedgerRow } from "./ledger.ts";
import type { SeenMessage } from "./roomTail.ts";
import { StubbornClient } from "./stubbornClient.ts";

export interface ChaosPlan {
  /** A database that stays; left out: one with a Postgres of its own, which can be killed. */
  readonly database?: DatabasePlace;
  /** How many times something is killed. */
  readonly kills: number;
  /** Every so manieth kill is of Postgres, all others of nodes. */
  readonly postgresEvery: number;
  /** No further kill after so long. */
  readonly withinMs: number;
  readonly random: () => number;
  readonly nodes: number;
  /** How nodes are ended: killed, or asked to end as for a rolling restart (SPEC C4), with exit code 0; default SIGKILL. */
  readonly nodeSignal?: "SIGTERM" | "SIGKILL";
  /** What each node gets beside the usual, such as `REDIS_URL`. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly rooms: number;
  readonly sendersPerRoom: number;
  readonly messagesPerSecond: number;
  readonly say: (line: string) => void;
}

/** What came out of it. */
export interface ChaosOutcome {
  readonly nodeKills: number;
  readonly postgresKills: number;
  readonly connections: number;
  /** Pushes that came before those that precede them, and were repaired by the client (SPEC R7). */
  readonly gaps: number;
  /** Refusals that another try would not have changed: there must be none. */
  readonly refusals: readonly string[];
  readonly ledger: readonly LedgerRow[];
}

/** As many as make 50 messages a second one person's, with what they resend. */
const limitsScale = 40;

interface Scene {
  readonly plan: ChaosPlan;
  readonly postgres: LoadPostgres | null;
  readonly nodes: readonly GatewayNode[];
  readonly clients: readonly StubbornClient[];
}

/** People write all the time while nodes and Postgres are killed; resolves with the ledger once all has come to rest. */
export async function runChaos(plan: ChaosPlan): Promise<ChaosOutcome> {
  const postgres = plan.database === undefined ? await startLoadPostgres() : null;
  const database = postgres ?? plan.database;
  if (database === undefined) throw new Error("There is no database");
  const nodes: GatewayNode[] = [];
  const clients: StubbornClient[] = [];
  try {
    const size = plan.sendersPerRoom;
    const school = await fillSchool(database.superuserUrl, [{ rooms: plan.rooms, size }]);
    const ticketKey = makeTicketKey();
    for (let node = 0; node < plan.nodes; node += 1) {
      const { environment = {} } = plan;
      nodes.push(await startNode({ database, ticketKey, limitsScale, environment }));
    }
    const urls = nodes.map(({ port }) => `ws://127.0.0.1:${port}/ws`);
    const ticket = signTicket.bind(null, ticketKey);
    const enter = (room: LoadRoom, index: number): StubbornClient => {
      const person = room.members[index % room.members.length];
      if (person === undefined) throw new Error("The room is empty");
      return new StubbornClient({
        person,
        room,
        urls,
        ticket,
        random: plan.random,
        firstUrl: index,
      });
    };
    for (const room of school.rooms) {
      room.members.forEach((_person, index) => clients.push(enter(room, index)));
    }
    const kills = await killUnderLoad({ plan, postgres, nodes, clients });
    const ledger = await balanceLedger(database.superuserUrl, school.rooms, {
      clients,
      readAnew: (room) => readAnew(enter(room, 0), lastSeqOf(clients, room)),
    });
    return { ...kills, ...summaryOf(clients), ledger };
  } finally {
    for (const client of clients) client.end();
    await Promise.all(nodes.map((node) => node.end("SIGKILL")));
    await postgres?.remove();
  }
}

async function killUnderLoad(
  scene: Scene,
): Promise<{ readonly nodeKills: number; readonly postgresKills: number }> {
  const { plan, clients } = scene;
  await until("all are in", () => clients.every(({ isLive }) => isLive));
  const writing = setInterval(() => {
    for (const client of clients) client.write();
  }, 1_000 / plan.messagesPerSecond);
  const sinceMs = performance.now();
  const deadlineMs = sinceMs + plan.withinMs;
  const kills = { nodeKills: 0, postgresKills: 0 };
  try {
    for (let kill = 1; kill <= plan.kills && performance.now() < deadlineMs; kill += 1) {
      const before = ackedBy(clients);
      await delay(100 + plan.random() * 500);
      const what = kill % plan.postgresEvery === 0 ? "Postgres" : "a node";
      await (what === "Postgres" ? killPostgres(scene) : killNode(scene));
      kills[what === "Postgres" ? "postgresKills" : "nodeKills"] += 1;
      await until("all are back and something new was acked", () =>
        clients.every(
          (client, index) => client.isLive && client.acked.length > (before[index] ?? 0),
        ),
      );
      plan.say(
        `${kill} of ${plan.kills}: killed ${what}; ${sum(ackedBy(clients))} messages acked so far; ` +
          `about ${timeLeft(plan, { kill, sinceMs })} to go`,
      );
    }
  } finally {
    clearInterval(writing);
  }
  await until("all is acked and read", () => hasSettled(clients));
  return kills;
}

/** In minutes and seconds, if it goes on as it did. */
function timeLeft(
  { kills, withinMs }: ChaosPlan,
  { kill, sinceMs }: { readonly kill: number; readonly sinceMs: number },
): string {
  const passedMs = performance.now() - sinceMs;
  const leftMs = Math.min((passedMs / kill) * (kills - kill), withinMs - passedMs);
  const seconds = Math.max(0, Math.round(leftMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
}

async function killNode({ plan, nodes }: Scene): Promise<void> {
  const node = nodes[Math.floor(plan.random() * nodes.length)];
  const { nodeSignal = "SIGKILL" } = plan;
  const exitCode = await node?.end(nodeSignal);
  if (nodeSignal === "SIGTERM" && exitCode !== 0) {
    throw new Error(`A node ended with ${String(exitCode)}:\n${node?.output() ?? ""}`);
  }
  await node?.start();
}

/** As a crash, or as `pg_ctl -m immediate`; it is away for up to a second. */
async function killPostgres({ plan, postgres }: Scene): Promise<void> {
  if (postgres === null) throw new Error("A database that stays cannot be killed");
  await postgres.kill(plan.random() < 0.5 ? "SIGKILL" : "SIGQUIT");
  await delay(plan.random() * 1_000);
  await postgres.start();
}

/** Everything is acked, and all in a room have read as far as the furthest of them. */
function hasSettled(clients: readonly StubbornClient[]): boolean {
  const last = new Map<string, number>();
  for (const { room, tail, acked } of clients) {
    const seq = Math.max(tail.lastSeq, acked.at(-1)?.seq ?? 0);
    last.set(room, Math.max(last.get(room) ?? 0, seq));
  }
  return clients.every(
    ({ room, tail, unacked, isLive }) =>
      isLive && unacked.size === 0 && tail.lastSeq === last.get(room),
  );
}

function lastSeqOf(clients: readonly StubbornClient[], { roomId }: LoadRoom): number {
  return clients.find(({ room }) => room === roomId)?.tail.lastSeq ?? 0;
}

/** What somebody reads who was never there. */
async function readAnew(client: StubbornClient, lastSeq: number): Promise<readonly SeenMessage[]> {
  try {
    await until("a newcomer has read it all", () => client.tail.lastSeq >= lastSeq);
    return client.tail.messages;
  } finally {
    client.end();
  }
}

function summaryOf(
  clients: readonly StubbornClient[],
): Pick<ChaosOutcome, "connections" | "gaps" | "refusals"> {
  return {
    connections: sum(clients.map((client) => client.connections)),
    gaps: sum(clients.map(({ tail }) => tail.gaps)),
    refusals: clients.flatMap((client) => client.refusals),
  };
}

const ackedBy = (clients: readonly StubbornClient[]) => clients.map(({ acked }) => acked.length);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
