import { parseArgs } from "node:util";
import { startLoadPostgres } from "../school/loadPostgres.ts";
import { runAutobahn } from "./autobahn.ts";
import { startConformanceSchool } from "./conformanceSchool.ts";
import { ruleCount, runRules } from "./runRules.mjs";

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, "without-autobahn": { type: "boolean" } },
});

/** Rule by rule, by a client that was written from SPEC.md alone. */
async function checkRules(): Promise<boolean> {
  const postgres = await startLoadPostgres();
  try {
    const running = await startConformanceSchool(postgres, ruleCount * 2);
    try {
      const results = await runRules(running.school, { only: values.only });
      for (const { rule, fault } of results) {
        console.log(`${fault === null ? "passed" : "FAILED"}  ${rule}`);
        if (fault !== null) console.log(`        ${fault}`);
      }
      const failed = results.filter(({ fault }) => fault !== null).length;
      console.log(`\n${results.length - failed} rules passed, ${failed} failed`);
      return failed === 0;
    } finally {
      await running.stop();
    }
  } finally {
    await postgres.remove();
  }
}

/** The fuzzing run of the Autobahn test suite, on the gateway's own socket options. */
async function checkFrames(): Promise<boolean> {
  const outcome = await runAutobahn(console.log);
  if ("skipped" in outcome) {
    console.log(`Autobahn: skipped, because ${outcome.skipped}`);
    return true;
  }
  const counts = [...outcome.counts].map(([behaviour, count]) => `${count} ${behaviour}`);
  console.log(`Autobahn: ${counts.join(", ")}`);
  for (const name of outcome.failed) console.log(`  FAILED  case ${name}`);
  return outcome.failed.length === 0;
}

const rulesHold = await checkRules();
const framesHold = values["without-autobahn"] === true || (await checkFrames());
process.exit(rulesHold && framesHold ? 0 : 1);
