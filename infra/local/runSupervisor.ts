import { loadLocalConfig } from "./config.ts";
import { PlainError } from "./plainError.ts";
import type { Running } from "./runningFile.ts";
import { createShutdown, type Shutdown } from "./shutdown.ts";
import { startDarasa } from "./startDarasa.ts";

const parentPollMs = 500;

/**
 * Runs api and realtime of the checkout at `root` with their Postgres until a signal or the death of our
 * parent ends it: exit code 0, or 1 when it could not start.
 */
export async function runSupervisor(root: string): Promise<void> {
  const shutdown = createShutdown((error) => console.error(describe(error)));
  stopOnRequest(shutdown);
  try {
    const config = loadLocalConfig(process.env, root);
    const running = await startDarasa({ config, shutdown, onProgress: console.log });
    console.log(describeRunning(running, config.dataFolder));
  } catch (error) {
    // A start that was interrupted fails in many ways, and none of them is news.
    if (shutdown.signal.aborted) return;
    console.error(`\n${describe(error)}`);
    await shutdown.run();
    process.exit(1);
  }
}

function stopOnRequest(shutdown: Shutdown): void {
  const stop = (): void => {
    if (shutdown.signal.aborted) return;
    console.log("\nStopping …");
    void shutdown.run().then(() => {
      console.log("Everything is stopped, and the data is kept.");
      process.exit(0);
    });
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // The terminal may be gone before us.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  // npm may be killed without a word: nobody would know that we still run.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, parentPollMs);
}

function describe(error: unknown): string {
  if (error instanceof PlainError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function describeRunning(running: Running, dataFolder: string): string {
  const { baseUrl, teacherUrl, studentsUrl, networkUrls, password } = running;
  return [
    "",
    "Darasa is running.",
    "",
    `  Address        ${[baseUrl, ...networkUrls].join("  ")}`,
    `  Teacher        ${teacherUrl}   (one click signs the demo teacher in)`,
    `  Students       ${studentsUrl}`,
    `  Demo accounts  school demo, password ${password}`,
    "                 teacher@demo.darasa, admin@demo.darasa, baraka@demo.darasa, neema@demo.darasa …",
    "",
    `Ctrl-C stops everything. The data stays in ${dataFolder}.`,
  ].join("\n");
}
