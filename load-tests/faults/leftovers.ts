import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { LoadNodes } from "../load/loadNodes.ts";
import { readFigures } from "./gatewayFigures.ts";

/** How much there is, by name, of what comes with people and must go with them. */
export type Counts = ReadonlyMap<string, number>;

const ofPeople = [
  "darasa_sockets",
  "darasa_sessions",
  "darasa_rooms",
  "darasa_stays",
  "darasa_people_present",
  "darasa_replaying",
  "darasa_commands_under_way",
  "darasa_chat_waiting",
  "darasa_database_waiting",
  "darasa_attendance_waiting",
  "darasa_unsent_bytes",
  "darasa_board_connections",
  "darasa_board_documents",
  "darasa_board_unstored_updates",
] as const;
const timers = 'nodejs_active_resources{type="Timeout"}';
/** Beats and pools keep some, at one moment and not at the next; a leak has one for each who came. */
const timersToSpare = 10;

/** Sockets, rooms, boards and timers of all nodes, connections of Postgres, and channels that nodes hear of Redis. */
export async function countThings({ database, nodes, redisPort }: LoadNodes): Promise<Counts> {
  const counts = new Map<string, number>();
  for (const { port } of nodes) {
    const figures = await readFigures(port);
    for (const name of [...ofPeople, timers]) {
      counts.set(name, (counts.get(name) ?? 0) + (figures.get(name) ?? 0));
    }
  }
  counts.set("connections of Postgres", await countConnections(database.superuserUrl));
  if (redisPort !== null) counts.set("channels of Redis", await countChannels(redisPort));
  return counts;
}

/** What there still is more of than before, when all that takes its time has had it. */
export async function findLeftovers(
  nodes: LoadNodes,
  before: Counts,
  withinMs: number,
): Promise<string[]> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const left = [...(await countThings(nodes))].flatMap(([name, count]) => {
      const allowed = (before.get(name) ?? 0) + (name === timers ? timersToSpare : 0);
      return count > allowed ? [`${name}: ${count}, and was ${before.get(name) ?? 0}`] : [];
    });
    if (left.length === 0 || performance.now() > deadlineMs) return left;
    await delay(500);
  }
}

async function countConnections(superuserUrl: string): Promise<number> {
  const client = new pg.Client(superuserUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from pg_stat_activity where usename in ('darasa_app', 'darasa_writer')",
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

async function countChannels(port: number): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  try {
    socket.setEncoding("utf8").write("INFO stats\r\n");
    let told = "";
    while (!told.includes("pubsub_patterns")) told += String((await once(socket, "data"))[0]);
    const channels = /^pubsub(?:shard)?_?channels:(\d+)/gm;
    return [...told.matchAll(channels)].reduce((sum, [, count]) => sum + Number(count), 0);
  } finally {
    socket.destroy();
  }
}
