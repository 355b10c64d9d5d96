import { parseArgs } from "node:util";
import { startLoadNodes, type LoadNodes } from "../load/loadNodes.ts";
import { startLoadPostgres } from "../school/loadPostgres.ts";
import { seededRandom } from "../seededRandom.ts";
import { runChurn } from "./churn.ts";
import { reasonWithoutDisk, runDiskFull } from "./diskFull.ts";
import { runPointerFlood, type FloodPlan } from "./pointerFlood.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string", default: "1" } },
});

/** Each says what came of it, and whether it is well. */
const faults: Readonly<Record<string, () => Promise<boolean>>> = { diskFull, pointers, churn };

async function diskFull(): Promise<boolean> {
  const reason = reasonWithoutDisk();
  if (reason !== null) {
    console.log(`skipped: ${reason}`);
    return true;
  }
  const { acked, refusals, slowestMs, backMs, wrong } = await runDiskFull(console.log);
  const codes = [...refusals].map(([code, count]) => `${count} ${code}`).join(", ");
  console.log(
    `${acked} acked; refused: ${codes}; the slowest answer took ${Math.round(slowestMs)} ms; ` +
      `back ${Math.round(backMs)} ms after there was space`,
  );
  for (const line of wrong.slice(0, 20)) console.log(`  WRONG  ${line}`);
  const isOnlyUnavailable = [...refusals.keys()].every((code) => code === "unavailable");
  return wrong.length === 0 && isOnlyUnavailable && slowestMs < 3_500 && backMs < 5_000;
}

function pointers(): Promise<boolean> {
  return withNodes(1, async (nodes) => {
    const many = await flood(nodes, { people: 200, hertz: 20, seconds: 60 });
    const one = await flood(nodes, { people: 1, hertz: 500, seconds: 20 });
    return many && one;
  });
}

async function flood(nodes: LoadNodes, plan: FloodPlan): Promise<boolean> {
  const outcome = await runPointerFlood(nodes, plan);
  const { saidPerSecond, toldPerSecond, loopLagP99Ms, cut, wrong } = outcome;
  console.log(
    `${plan.people} who point ${plan.hertz} times a second: ${Math.round(saidPerSecond)} frames said a second, ` +
      `${toldPerSecond.toFixed(1)} told to each, event loop p99 ${loopLagP99Ms.toFixed(0)} ms, ` +
      `${cut.length} cut (${[...new Set(cut)].join(", ")}), ${wrong} told wrong`,
  );
  return toldPerSecond <= 10.5 && loopLagP99Ms < 100 && cut.length === 0 && wrong === 0;
}

/** In a shorter run what grows is the warmth of the program. */
const judgedFromMinutes = 5;
const maxBytesPerMinute = 1e6;

function churn(): Promise<boolean> {
  return withNodes(2, async (nodes) => {
    const minutes = Number(values.minutes);
    const plan = { rooms: 20, size: 5, seconds: minutes * 60, random: seededRandom(1) };
    const outcome = await runChurn(nodes, plan);
    const { visits, failures, bytesPerMinute, leftovers } = outcome;
    console.log(
      `${visits} visits in ${minutes} minutes; memory of a node grew by ${(bytesPerMinute / 1e6).toFixed(2)} MB a ` +
        `minute in the second half${minutes < judgedFromMinutes ? " (too short to judge)" : ""}`,
    );
    for (const line of failures.slice(0, 10)) console.log(`  FAILED  ${line}`);
    for (const line of leftovers) console.log(`  LEFT OVER  ${line}`);
    const isFlat = minutes < judgedFromMinutes || bytesPerMinute <= maxBytesPerMinute;
    return isFlat && failures.length === 0 && leftovers.length === 0;
  });
}

async function withNodes(
  count: number,
  run: (nodes: LoadNodes) => Promise<boolean>,
): Promise<boolean> {
  const postgres = await startLoadPostgres();
  try {
    const nodes = await startLoadNodes(postgres, count);
    return await run(nodes).finally(() => nodes.stop());
  } finally {
    await postgres.remove();
  }
}

const fault = faults[positionals[0] ?? ""];
if (fault === undefined) {
  console.error(`npm run faults -- <${Object.keys(faults).join(" | ")}> [--minutes 1]`);
  process.exit(2);
}
const isWell = await fault();
console.log(isWell ? "\nDarasa stands it." : "\nDARASA DOES NOT STAND IT.");
process.exit(isWell ? 0 : 1);
