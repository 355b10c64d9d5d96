import { flagsFor, type Bench } from "./measure.ts";
import { runGenerator, type StormPhase } from "./generator.ts";
import { treeSeconds } from "./processCost.ts";
import { alignTable, round } from "./table.ts";
import type { ServerKind } from "./servers/server.ts";

/** One stays in each room and goes on writing; the 5,000 others are cut. */
const shape = { rooms: 100, members: 51 };
const flags = ["-mode", "storm", "-rate", "2", "-settle", "3"];

/** What happened after the cut. */
export interface StormResult {
  readonly title: string;
  readonly storm: StormPhase;
  readonly cpuSeconds: number;
  readonly cpuSecondsBeside: number;
}

/**
 * Cuts 5,000 connections at once, without a farewell, and lets them come back as clients do: after a random time of up
 * to 0.3 s, twice as long after each refusal.
 */
export async function measureStorm(bench: Bench, kind: ServerKind): Promise<StormResult> {
  const server = await kind.start(shape);
  const dialect = kind.name === "darasa" ? "darasa-chat" : kind.dialect;
  const used = () => [treeSeconds(server.pids), treeSeconds(server.pidsBeside)] as const;
  const at = new Map<string, readonly [number, number]>();
  const storms: StormPhase[] = [];
  try {
    await runGenerator({
      program: bench.program,
      cores: bench.generatorCores,
      flags: flagsFor(server, { shape, dialect, flags }),
      onPhase: (phase) => {
        at.set(phase.phase, used());
        if (phase.phase === "storm") storms.push(phase);
      },
    });
  } finally {
    await server.stop();
  }
  const [before, after] = [at.get("begin"), at.get("measured")];
  const [storm] = storms;
  if (!storm || !before || !after) throw new Error("The generator told of no storm");
  return {
    title: kind.title,
    storm,
    cpuSeconds: after[0] - before[0],
    cpuSecondsBeside: after[1] - before[1],
  };
}

/** One line of the table for each server. */
export function stormTable(results: readonly StormResult[]): string {
  const head = "|back|all back after s|p50 s|p99 s|CPU s|beside it|refused first|messages lost";
  const lines = results.map(({ title, storm, cpuSeconds, cpuSecondsBeside }) => [
    title,
    `${storm.back} of ${storm.cut}`,
    round(storm.secondsUntilAllBack),
    round(storm.backP50Ms / 1e3),
    round(storm.backP99Ms / 1e3),
    round(cpuSeconds),
    round(cpuSecondsBeside),
    [storm.errors, ...(storm.firstErrors ?? [])].join(" "),
    storm.missed + storm.gaps + storm.twice === 0
      ? "0"
      : `${storm.missed} missed, ${storm.gaps} gaps, ${storm.twice} twice`,
  ]);
  return alignTable([head.split("|"), ...lines]);
}
