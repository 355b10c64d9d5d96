import { startLoadNodes } from "../load/loadNodes.ts";
import { startLoadPostgres } from "../school/loadPostgres.ts";
import { reasonWithoutDisk, runDiskFull } from "./diskFull.ts";
import { runPointerFlood, type FloodPlan } from "./pointerFlood.ts";

/** Each says what came of it, and whether it is well. */
const faults: Readonly<Record<string, () => Promise<boolean>>> = { diskFull, pointers };

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

async function pointers(): Promise<boolean> {
  const postgres = await startLoadPostgres();
  try {
    const nodes = await startLoadNodes(postgres, 1);
    try {
      const many = await flood({ people: 200, hertz: 20, seconds: 60 });
      const one = await flood({ people: 1, hertz: 500, seconds: 20 });
      return many && one;
    } finally {
      await nodes.stop();
    }

    async function flood(plan: FloodPlan): Promise<boolean> {
      const outcome = await runPointerFlood(nodes, plan);
      const { saidPerSecond, toldPerSecond, loopLagP99Ms, cut, wrong } = outcome;
      console.log(
        `${plan.people} who point ${plan.hertz} times a second: ${Math.round(saidPerSecond)} frames said a second, ` +
          `${toldPerSecond.toFixed(1)} told to each, event loop p99 ${loopLagP99Ms.toFixed(0)} ms, ` +
          `${cut} cut, ${wrong} told wrong`,
      );
      return toldPerSecond <= 10.5 && loopLagP99Ms < 100 && cut === 0 && wrong === 0;
    }
  } finally {
    await postgres.remove();
  }
}

const fault = faults[process.argv[2] ?? ""];
if (fault === undefined) {
  console.error(`npm run faults -- <${Object.keys(faults).join(" | ")}>`);
  process.exit(2);
}
const isWell = await fault();
console.log(isWell ? "\nDarasa stands it." : "\nDARASA DOES NOT STAND IT.");
process.exit(isWell ? 0 : 1);
