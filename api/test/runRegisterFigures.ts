import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// `npm run figures:register -- [people] [classes]`: the large form of registerFigures.test.ts, with its database.
const [people = "1000", classes = "200"] = process.argv.slice(2);
const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
const run = spawnSync(
  process.execPath,
  [vitest, "run", "--project", "unit", "api/test/registerFigures.test.ts"],
  {
    cwd: root,
    env: { ...process.env, REGISTER_PEOPLE: people, REGISTER_CLASSES: classes },
    stdio: "inherit",
  },
);
process.exitCode = run.status ?? 1;
