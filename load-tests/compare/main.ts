import { availableParallelism } from "node:os";
import { chooseCores } from "./cores.ts";
import { buildGenerator } from "./generator.ts";
import { crowdTable, measureCrowd } from "./hundredThousand.ts";
import { describeMachine } from "./machine.ts";
import { readOptions, type Options } from "./options.ts";
import { runRounds } from "./runRounds.ts";
import { createServers } from "./servers/createServers.ts";
import type { ServerKind } from "./servers/server.ts";
import { measureStorm, stormTable } from "./storm.ts";
import { makeTable } from "./table.ts";
import { writeResults } from "./writeResults.ts";

const options = readOptions(process.argv.slice(2));
const cores = chooseCores();
const bench = {
  program: buildGenerator(),
  generatorCores: cores.generator,
  onTrouble: (lines: readonly string[]) => console.log(lines.join("\n")),
};
const allCores = `0-${availableParallelism() - 1}`;

if (options.hundredThousand) await compareCrowds(options);
else if (options.storm) await compareStorms(options);
else await compareRows(options);

/** The table: every server, every row. */
async function compareRows({ checkout, out, ...rest }: Options): Promise<void> {
  const plan = { cores: cores.servers, checkout };
  await withServers(createServers(plan), rest.servers, async (servers, facts) => {
    const found = await runRounds({ ...rest, bench, servers, onProgress: console.log });
    for (const result of found) console.log(`\n${result.title}\n\n${makeTable(result)}`);
    const { rounds, seconds } = rest;
    const takenOn = new Date().toISOString().slice(0, 10);
    const machine = describeMachine();
    await writeResults(out, { takenOn, machine, ...facts, rounds, seconds, cases: found });
    console.log(`\nWritten to ${out}`);
  });
}

async function compareStorms({ checkout, servers: names }: Options): Promise<void> {
  // The limits are those that people have: those who come back meet them.
  const plan = { cores: cores.servers, checkout, limitsScale: 1 };
  const named = names ?? ["uws", "darasa", "socketio"];
  await withServers(createServers(plan), named, async (servers) => {
    const results = [];
    for (const server of servers) results.push(await measureStorm(bench, server));
    console.log(`\n5,000 connections cut at once\n\n${stormTable(results)}`);
  });
}

async function compareCrowds({ checkout, servers: names }: Options): Promise<void> {
  const plan = { cores: allCores, checkout };
  await withServers(createServers(plan), names ?? ["uws", "darasa"], async (servers) => {
    const results = [];
    for (const server of servers) results.push(await measureCrowd(bench.program, server));
    console.log(`\n100,000 connections to six processes\n\n${crowdTable(results)}`);
  });
}

/** Prepares those that were asked for, tells which are left out and why, and ends them all. */
async function withServers(
  all: readonly ServerKind[],
  names: readonly string[] | null,
  work: (servers: readonly ServerKind[], facts: Facts) => Promise<void>,
): Promise<void> {
  const servers: ServerKind[] = [];
  const end = async (): Promise<void> => {
    for (const server of servers) await server.end?.();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // What was started ends by the same Ctrl-C; a database stands apart from the terminal.
    process.once(signal, () => void end().finally(() => process.exit(1)));
  }
  const versions = new Set<string>();
  const leftOut: string[] = [];
  try {
    for (const server of all.filter(({ name }) => names?.includes(name) ?? true)) {
      const prepared = await server.prepare();
      if (prepared.ok) {
        servers.push(server);
        versions.add(prepared.versions);
      } else {
        leftOut.push(`${server.title} is left out: ${prepared.reason}.`);
      }
    }
    for (const line of leftOut) console.log(line);
    await work(servers, { versions: [...versions], leftOut });
  } finally {
    await end();
  }
}

interface Facts {
  readonly versions: readonly string[];
  readonly leftOut: readonly string[];
}
