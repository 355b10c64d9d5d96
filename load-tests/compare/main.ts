import { chooseCores } from "./cores.ts";
import { buildGenerator } from "./generator.ts";
import { readOptions } from "./options.ts";
import { runRounds } from "./runRounds.ts";
import { createServers } from "./servers/createServers.ts";
import type { ServerKind } from "./servers/server.ts";
import { makeTable } from "./table.ts";

const options = readOptions(process.argv.slice(2));
const cores = chooseCores();
const bench = { program: buildGenerator(), generatorCores: cores.generator };
const all = createServers(cores.servers, options.checkout);
const asked = all.filter(({ name }) => options.servers?.includes(name) ?? true);
const servers: ServerKind[] = [];
for (const server of asked) {
  const prepared = await server.prepare();
  if (prepared.ok) servers.push(server);
  else console.log(`${server.title} is left out: ${prepared.reason}`);
}
try {
  const results = await runRounds({ ...options, bench, servers, onProgress: console.log });
  for (const result of results) console.log(`\n${result.title}\n\n${makeTable(result)}`);
} finally {
  for (const server of servers) await server.end?.();
}
