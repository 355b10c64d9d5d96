import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** About ten minutes on two cores. */
const defaultRuns = 300;

// `npm run fuzz -w api -- [requests for each route] [seed]`: the long form of fuzz.test.ts, with its database.
const [runs = String(defaultRuns), seed] = process.argv.slice(2);
const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
const run = spawnSync(
  process.execPath,
  [vitest, "run", "--project", "unit", "api/test/fuzz.test.ts"],
  {
    cwd: root,
    env: { ...process.env, FUZZ_RUNS: runs, ...(seed === undefined ? {} : { FUZZ_SEED: seed }) },
    stdio: "inherit",
  },
);
process.exitCode = run.status ?? 1;
