import { randomUUID } from "node:crypto";
import { checkRoles } from "@darasa/database";
import { createBoardServer } from "./board/boardServer.ts";
import { ConfigError, loadConfig, type Config } from "./config.ts";
import { createLog, type Log } from "./log.ts";
import { createLoneNodeBus } from "./nodes/loneNodeBus.ts";
import { createRedisNames } from "./nodes/redisNames.ts";
import type { NodeBus, NodeId } from "./nodes/nodeBus.ts";
import { startGateway, type Gateway } from "./server.ts";
import { protocolTimings } from "./timings.ts";
import { chooseTransport } from "./transport/chooseTransport.ts";
import { strangerLimits } from "./transport/strangers.ts";

const now = Date.now;

function write(line: string): void {
  process.stdout.write(line);
}

function configOrExit(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    createLog({ level: "error", now, write })("error", error.message, { problems: error.problems });
    return process.exit(1);
  }
}

async function start(config: Config, log: Log): Promise<Gateway> {
  const databaseUrl = config.DATABASE_URL.reveal();
  const writerUrl = config.DATABASE_WRITER_URL.reveal();
  await checkRoles(databaseUrl);
  await checkRoles(writerUrl);
  return startGateway(
    {
      host: config.HOST,
      port: config.REALTIME_PORT,
      publicOrigin: config.PUBLIC_URL === undefined ? null : new URL(config.PUBLIC_URL).origin,
      trustedProxies: config.TRUSTED_PROXIES,
      databaseUrl,
      writerUrl,
      ticketKey: config.TICKET_KEY.reveal(),
      limitsScale: config.LIMITS_SCALE,
      spillFolder: config.SPILL_FOLDER ?? null,
      metricsToken: config.METRICS_TOKEN?.reveal() ?? null,
    },
    {
      log,
      now,
      uptimeMs: () => performance.now(),
      newId: randomUUID,
      timings: protocolTimings,
      strangerLimits,
      createTransport: await chooseTransport(log),
      createBoardServer,
      joinNodes: await chooseNodes(config, log),
    },
  );
}

/** A node that is alone has no need of Redis's library either. */
async function chooseNodes(
  { REDIS_URL, TICKET_KEY }: Config,
  log: Log,
): Promise<(nodeId: NodeId) => NodeBus> {
  if (REDIS_URL === undefined) return createLoneNodeBus;
  const { createRedisNodeBus } = await import("./nodes/redisNodeBus.ts");
  const names = createRedisNames(TICKET_KEY.reveal());
  return (nodeId) => createRedisNodeBus({ nodeId, address: REDIS_URL.reveal(), names, log });
}

/** Resolves at the first signal to end, or when the process that started this one is gone. */
function askedToEnd(): Promise<string> {
  return new Promise((resolve) => {
    // Further signals change nothing: the end is on its way.
    process.on("SIGTERM", resolve);
    process.on("SIGINT", resolve);
    if (process.send !== undefined) process.on("disconnect", () => resolve("parent is gone"));
  });
}

const config = configOrExit();
const log = createLog({ level: config.LOG_LEVEL, now, write });
const end = askedToEnd();
if (config.LIMITS_SCALE !== 1) {
  log("warn", "limits are wider than people need: for load tests only", {
    limitsScale: config.LIMITS_SCALE,
  });
}
try {
  const gateway = await start(config, log);
  log("info", "listening", { host: config.HOST, port: gateway.port });
  log("info", "ending", { reason: await end });
  process.exit((await gateway.stop()) ? 0 : 1);
} catch (error) {
  log("error", "cannot start", { error });
  process.exit(1);
}
