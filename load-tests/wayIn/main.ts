import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { treeResidentBytes, treeSeconds } from "../compare/processCost.ts";
import { percentile } from "../doors/percentile.ts";
import { fillSchool } from "../school/fillSchool.ts";
import { makeTicketKey, startNode } from "../school/gatewayNode.ts";
import { startLoadPostgres, type LoadPostgres } from "../school/loadPostgres.ts";
import { cutAndComeBack } from "./comeBack.ts";
import { letIn, placesOf, type Seated } from "./letIn.ts";

const perRoom = 50;
const atOnce = 150;
/** A process that has just started is still being compiled: these come first, and are not counted. */
const warmRooms = 60;
const idleSeconds = 20;

/** Prints what it costs a gateway to let people in, to hold them, and to have all of them back at once. */
async function printWayIn(people: number, stormOf: number): Promise<void> {
  const postgres = await startLoadPostgres();
  try {
    const rooms = Math.ceil(people / perRoom) + warmRooms;
    const school = await fillSchool(postgres.superuserUrl, [{ rooms, size: perRoom }]);
    await printJoins(postgres, placesOf(school.rooms));
    await printStorm(postgres, placesOf(school.rooms).slice(0, stormOf));
  } finally {
    await postgres.remove();
  }
}

async function printJoins(
  postgres: LoadPostgres,
  places: ReturnType<typeof placesOf>,
): Promise<void> {
  const ticketKey = makeTicketKey();
  const node = await startNode({ database: postgres, ticketKey, limitsScale: 1_000 });
  try {
    const gateway = { port: node.port, ticketKey };
    const warm = warmRooms * perRoom;
    await letIn(gateway, places.slice(0, warm), atOnce);
    await delay(1_500);
    const before = { cpu: treeSeconds([node.pid()]), bytes: treeResidentBytes([node.pid()]) };
    const beganAtMs = performance.now();
    const seated = await letIn(gateway, places.slice(warm), atOnce);
    const seconds = (performance.now() - beganAtMs) / 1_000;
    // The last changes of presence are told.
    await delay(1_000);
    const cpu = treeSeconds([node.pid()]) - before.cpu;
    print("CPU per connection that joins", `${((cpu / seated.length) * 1e6).toFixed(0)} µs`);
    print("Connections that join", `${(seated.length / seconds).toFixed(0)} a second`);
    const idleFrom = treeSeconds([node.pid()]);
    await delay(idleSeconds * 1_000);
    const idle = (treeSeconds([node.pid()]) - idleFrom) / idleSeconds;
    const bytes = (treeResidentBytes([node.pid()]) - before.bytes) / seated.length;
    print("Memory per joined connection", `${bytes.toFixed(0)} bytes`);
    print("CPU while nobody says anything", `${(idle * 100).toFixed(1)} % of a core`);
  } finally {
    await node.end("SIGKILL");
  }
}

/** With the limits that people meet, and all of them behind one address. */
async function printStorm(
  postgres: LoadPostgres,
  places: ReturnType<typeof placesOf>,
): Promise<void> {
  const ticketKey = makeTicketKey();
  const node = await startNode({ database: postgres, ticketKey });
  try {
    const seated: Seated[] = await letIn({ port: node.port, ticketKey }, places, atOnce / 3);
    const { allBackMs, joinMs, triesEach, refusals } = await cutAndComeBack(node.port, seated);
    const p99 = percentile(joinMs, 0.99);
    print(`${seated.length} cut at once: all back`, `${(allBackMs / 1_000).toFixed(1)} s`);
    print("  from the try that succeeded to its ack, p99", `${p99.toFixed(0)} ms`);
    print("  tries each", triesEach.toFixed(1), JSON.stringify([...refusals]));
  } finally {
    await node.end("SIGKILL");
  }
}

function print(figure: string, ...values: readonly string[]): void {
  console.log([figure.padEnd(48), ...values].join("  "));
}

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "10000" },
    storm: { type: "string", default: "5000" },
  },
});
await printWayIn(Number(values.people), Number(values.storm));
// The sockets of thousands need no farewell.
process.exit(0);
