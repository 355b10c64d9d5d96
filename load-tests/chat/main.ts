import { chooseCores } from "../compare/cores.ts";
import { buildGenerator } from "../compare/generator.ts";
import { measure, type Run } from "../compare/measure.ts";
import { createDarasa, ownCheckout } from "../compare/servers/darasa.ts";
import type { RunningServer, ServerKind } from "../compare/servers/server.ts";
import { fillSchool } from "../school/fillSchool.ts";
import { startLoadPostgres } from "../school/loadPostgres.ts";
import { ackBoundMs, readAckCounts, type AckCounts } from "./ackLatency.ts";
import { measureSingleInserts } from "./singleInserts.ts";

const shape = { rooms: 200, members: 5 };
const windows = [1, 4, 20];
const ratePerSecond = 5_000;
const seconds = Number(process.argv[2] ?? 5);

/** Prints what it costs to store what is said before anybody hears it. */
async function printChat(): Promise<void> {
  const cores = chooseCores();
  const bench = {
    program: buildGenerator(),
    generatorCores: cores.generator,
    onTrouble: (lines: readonly string[]) => console.log(lines.join("\n")),
  };
  const gateway = createDarasa({
    cores: `${cores.servers},${cores.generator}`,
    checkout: ownCheckout,
  });
  const single = await measureSingles();
  let acks: AckCounts[] = [];
  const ask = (dialect: string, flags: readonly string[], kind: ServerKind = gateway) =>
    measure(bench, kind, { shape, dialect, flags: ["-seconds", String(seconds), ...flags] });
  try {
    for (const window of windows) {
      const flags = ["-senders", "5", "-window", String(window)];
      const passing = await ask("darasa", flags);
      const durable = await ask("darasa-chat", flags);
      const perSecond = messagesPerSecond(durable);
      const inserts = single.get(window) ?? NaN;
      print(`${window} of each room on their way: stored messages`, `${perSecond.toFixed(0)}/s`);
      print(
        "  each stored by itself",
        `${inserts.toFixed(0)}/s`,
        `${(perSecond / inserts).toFixed(1)} times as many by group commit`,
      );
      const [gatewayCost, postgresCost] = costOf(durable);
      print(
        "  gateway",
        `${gatewayCost.toFixed(1)} µs each`,
        `${(gatewayCost / costOf(passing)[0]).toFixed(2)} times that of what is not stored`,
      );
      print("  Postgres", `${postgresCost.toFixed(1)} µs each`);
    }
    const flags = ["-senders", "5", "-mode", "rate", "-rate", String(ratePerSecond / shape.rooms)];
    await ask(
      "darasa-chat",
      flags,
      readingAcks(gateway, (counts) => (acks = [...acks, counts])),
    );
    const [before, after] = acks;
    const bound = before && after ? ackBoundMs(before, after, 0.99) : NaN;
    print(`${ratePerSecond} a second: 99 of 100 acks within`, `${bound} ms`);
  } finally {
    await gateway.end?.();
  }
}

/** Looks at the gateway's own count of acks when it begins, and before it is stopped. */
function readingAcks(kind: ServerKind, read: (counts: AckCounts) => void): ServerKind {
  return {
    ...kind,
    async start(...plan): Promise<RunningServer> {
      const server = await kind.start(...plan);
      read(await readAckCounts(server.port));
      const stop = async (): Promise<void> => {
        read(await readAckCounts(server.port));
        await server.stop();
      };
      return { ...server, stop };
    },
  };
}

async function measureSingles(): Promise<ReadonlyMap<number, number>> {
  const postgres = await startLoadPostgres();
  try {
    const school = await fillSchool(postgres.superuserUrl, [
      { rooms: shape.rooms, size: shape.members },
    ]);
    const found = new Map<number, number>();
    for (const perRoom of windows) {
      const plan = { perRoom, seconds };
      found.set(perRoom, await measureSingleInserts(postgres.writerUrl, school, plan));
    }
    return found;
  } finally {
    await postgres.remove();
  }
}

function messagesPerSecond({ end }: Run): number {
  return end.deliveries / shape.members / end.seconds;
}

/** Microseconds of the gateway and of its database for each message. */
function costOf({ end, cpuSeconds, cpuSecondsBeside }: Run): readonly [number, number] {
  const messages = end.deliveries / shape.members;
  return [(cpuSeconds * 1e6) / messages, (cpuSecondsBeside * 1e6) / messages];
}

function print(name: string, figure: string, meaning = ""): void {
  console.log(`${name.padEnd(52)} ${figure.padStart(14)}   ${meaning}`.trimEnd());
}

await printChat();
