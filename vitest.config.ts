import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// uWebSockets.js aborts in worker threads: every project keeps to forks.
export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      {
        test: {
          name: "unit",
          // One more than cores: a quarter of a test's time is spent in waiting for other programs.
          maxWorkers: availableParallelism() + 1,
          // A process for each file would load the same modules hundreds of times (infra/local/DECISIONS.md).
          isolate: false,
          include: [
            "{api,realtime,infra,load-tests,jitsi}/**/*.test.ts",
            "client/src/**/*.test.ts",
          ],
          globalSetup: ["infra/local/testPostgres.ts"],
          setupFiles: ["infra/local/testing/patience.ts"],
          // Vitest empties style sheets; a test measures this one's colours.
          css: { include: [/theme\.css/] },
          // Generous: what they wait for comes when it comes, on a machine that is busy with all of them.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 15_000, interval: 20 } },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["client/e2e/**/*.test.ts"],
          globalSetup: ["client/e2e/setup/server.ts"],
          // As generous, and for the same reason: what takes its time there is no fault, and what never comes fails here.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 1,
          expect: { poll: { timeout: 60_000, interval: 50 } },
        },
      },
    ],
  },
});
