import { parseArgs } from "node:util";
import { profileNames, scenarioNames } from "../profiles.ts";
import { startLoadPostgres } from "../school/loadPostgres.ts";
import { describeMeasures } from "./describeMeasures.ts";
import { startLoadNodes } from "./loadNodes.ts";
import { runApiTokens } from "./runApiTokens.ts";
import type { K6Outcome } from "./runK6.ts";
import { runScenario } from "./runScenario.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: "string", default: "smoke" },
    nodes: { type: "string", default: "1" },
  },
});
const scenario = scenarioNames.find((name) => name === positionals[0]);
const profile = profileNames.find((name) => name === values.profile);
if (scenario === undefined || profile === undefined) {
  console.error(
    `npm run load -- <scenario> [--profile smoke] [--nodes 1]\n` +
      `  scenarios: ${scenarioNames.join(", ")}\n  profiles: ${profileNames.join(", ")}`,
  );
  process.exit(2);
}
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
/** In a soak memory may grow by so much a minute. */
const maxGrowth = 1e6;

console.log(`${scenario}, ${profile}`);
let isWell = true;
let outcome: K6Outcome;
if (scenario === "apiTokens") outcome = await runApiTokens(profile);
else {
  const postgres = await startLoadPostgres();
  try {
    const nodes = await startLoadNodes(postgres, Number(values.nodes));
    const run = runScenario(nodes, { scenario, profile });
    const { memory, ...rest } = await run.finally(() => nodes.stop());
    outcome = rest;
    const growth = memory.bytesPerMinute;
    isWell = profile !== "soak" || growth <= maxGrowth;
    console.log(
      `memory of the gateway: ${megabytes(memory.beforeBytes)} before, ${megabytes(memory.mostBytes)} at most, ` +
        `${megabytes(growth)} a minute in the second half${isWell ? "" : "   BROKEN: more than 1 MB"}`,
    );
  } finally {
    await postgres.remove();
  }
}
console.log(describeMeasures(outcome.measures));
if (outcome.said.trim() !== "") console.log(`\nk6 said:\n${outcome.said.trim()}`);
isWell &&= outcome.exitCode === 0;
console.log(isWell ? "\nAll thresholds hold." : "\nTHRESHOLDS ARE BROKEN.");
process.exit(isWell ? 0 : 1);
