import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  answersWell,
  startTestServer,
  type TestServer,
} from "../../infra/database/src/testing/testServer.ts";
import { findFreePort } from "../../infra/local/freePort.ts";
import { gatewayNodeOptions } from "../../infra/local/gatewayNodeOptions.ts";
import type { DatabasePlace } from "./loadPostgres.ts";

const realtimeFolder = join(import.meta.dirname, "../../realtime");

/** One gateway as operators run it: a process of its own, each life at the same port and with the same key. */
export interface GatewayNode extends Pick<TestServer, "pid" | "output" | "end" | "start"> {
  readonly port: number;
}

export interface NodeOptions {
  readonly database: Pick<DatabasePlace, "appUrl" | "writerUrl">;
  readonly ticketKey: Uint8Array;
  /** How many times as generous the limits per person and per address are; default 1. */
  readonly limitsScale?: number;
  /** Shorter ones than those of the protocol, by their names there. */
  readonly timings?: Readonly<Record<string, number>>;
  /** More of its settings, such as `REDIS_URL`. */
  readonly environment?: Readonly<Record<string, string>>;
}

export function makeTicketKey(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

/**
 * Starts one; it is ready to serve when this resolves.
 *
 * @throws Error with all that it logged when it ends before
 */
export async function startNode(options: NodeOptions): Promise<GatewayNode> {
  const port = await findFreePort("127.0.0.1");
  const haste = options.timings === undefined ? [] : ["--import", "./test/support/hasteTimings.ts"];
  const server = await startTestServer({
    title: "The gateway",
    command: process.execPath,
    args: [...gatewayNodeOptions, ...haste, "src/main.ts"],
    options: { cwd: realtimeFolder, env: environmentOf(options, port) },
    isReady: () => answersWell(`http://127.0.0.1:${port}/readyz`),
    readyWithinMs: 60_000,
  });
  return { ...server, port };
}

function environmentOf(
  { database, ticketKey, limitsScale = 1, timings = {}, environment = {} }: NodeOptions,
  port: number,
): NodeJS.ProcessEnv {
  return {
    HOST: "127.0.0.1",
    REALTIME_PORT: String(port),
    DATABASE_URL: database.appUrl,
    DATABASE_WRITER_URL: database.writerUrl,
    TICKET_KEY: Buffer.from(ticketKey).toString("base64url"),
    LIMITS_SCALE: String(limitsScale),
    TEST_TIMINGS: JSON.stringify(timings),
    ...environment,
  };
}
