import { randomBytes, randomUUID } from "node:crypto";
import { checkRoles, createDatabase } from "@darasa/database";
import { ConfigError, loadConfig } from "./config.ts";
import { createServices } from "./createServices.ts";
import { makeLog, type Log } from "./log.ts";
import { startServer } from "./server.ts";

const now = Date.now;
/** Longer than requests may take to finish; then whatever still hangs is cut. */
const stopDeadlineMs = 8_000;

/** Runs until told to stop. Rejects when the API cannot start. */
async function main(log: Log, config: ReturnType<typeof loadConfig>): Promise<void> {
  const databaseUrl = config.DATABASE_URL.reveal();
  await checkRoles(databaseUrl);
  const database = await createDatabase(databaseUrl);
  const services = await createServices({
    config,
    database,
    log,
    now,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    newId: randomUUID,
  });
  const server = await startServer(services);
  log("info", "listening", { url: server.url });

  const reason = await askedToStop();
  log("info", "stopping", { reason });
  setTimeout(() => process.exit(1), stopDeadlineMs).unref();
  await server.close();
  await services.limits.close();
  await services.attempts.close();
  await database.close();
}

/**
 * Resolves at the first SIGTERM or SIGINT, or when the parent that started this process is gone. More
 * signals change nothing: stopping has a deadline of its own.
 */
function askedToStop(): Promise<string> {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve);
    process.on("SIGINT", resolve);
    if (process.send) process.once("disconnect", () => resolve("parent is gone"));
  });
}

function write(line: string): void {
  process.stdout.write(line);
}

function loadConfigOrExit() {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    makeLog({ level: "error", now, write })("error", "settings", { problems: error.problems });
    return process.exit(1);
  }
}

const config = loadConfigOrExit();
const log = makeLog({ level: config.LOG_LEVEL, now, write });
try {
  await main(log, config);
  process.exit(0);
} catch (error) {
  log("error", "cannot start", { error });
  process.exit(1);
}
