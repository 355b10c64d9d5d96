import { chooseCores } from "../compare/cores.ts";
import { buildGenerator } from "../compare/generator.ts";
import { measure, type Run } from "../compare/measure.ts";
import { median, pairedRatio } from "../compare/statistics.ts";
import { createDarasa, ownCheckout } from "../compare/servers/darasa.ts";
import type { RunningServer, ServerKind } from "../compare/servers/server.ts";
import { fillSchool } from "../school/fillSchool.ts";
import { startLoadPostgres } from "../school/loadPostgres.ts";
import { ackBoundMs, readAckCounts, type AckCounts } from "./ackLatency.ts";
import { measureSingleInserts } from "./singleInserts.ts";

const shape = { rooms: 200, members: 5 };
const windows = [1, 4, 20];
const ratePerSecond = 5_000;
/** Of both kinds in turn: what slows the machine down for a while slows both. */
const rounds = 3;
const seconds = Number(process.argv[2] ?? 3);

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
      const passing: Run[] = [];
      const durable: Run[] = [];
      for (let round = 0; round < rounds; round += 1) {
        passing.push(await ask("darasa", flags));
        durable.push(await ask("darasa-chat", flags));
      }
      const perSecond = median(durable.map(messagesPerSecond));
      const inserts = single.get(window) ?? NaN;
      print(`${window} of each room on their way: stored messages`, `${perSecond.toFixed(0)}/s`);
      print(
        "  each stored by itself",
        `${inserts.toFixed(0)}/s`,
        `${(perSecond / inserts).toFixed(1)} times as many by group commit`,
      );
      printCosts(durable, passing);
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

/** What of the gateway and of its database each message took, and the gateway's part beside what is not stored. */
function printCosts(durable: readonly Run[], passing: readonly Run[]): void {
  const perMessage = (cpuSeconds: number, { end }: Run) =>
    (cpuSeconds * 1e6 * shape.members) / end.deliveries;
  const ofGateway = (run: Run) => perMessage(run.cpuSeconds, run);
  const ratio = pairedRatio(durable.map(ofGateway), passing.map(ofGateway));
  const [least = NaN, middle = NaN, most = NaN] = [ratio?.least, ratio?.median, ratio?.most];
  print(
    "  gateway",
    `${median(durable.map(ofGateway)).toFixed(1)} µs each`,
    `${middle.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}) times that of what is not stored`,
  );
  const ofPostgres = durable.map((run) => perMessage(run.cpuSecondsBeside, run));
  print("  Postgres", `${median(ofPostgres).toFixed(1)} µs each`);
}

function print(name: string, figure: string, meaning = ""): void {
  console.log(`${name.padEnd(52)} ${figure.padStart(14)}   ${meaning}`.trimEnd());
}

await printChat();
