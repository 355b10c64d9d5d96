import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "../../infra/local/freePort.ts";
import { gatewayNodeOptions } from "../../infra/local/gatewayNodeOptions.ts";
import type { DatabasePlace } from "./loadPostgres.ts";

const realtimeFolder = join(import.meta.dirname, "../../realtime");
const readyWithinMs = 60_000;

/** One gateway as operators run it: a process of its own. */
export interface GatewayNode {
  readonly port: number;
  /** That of the latest start. */
  pid(): number;
  /** What all of its lives have logged. */
  output(): string;
  /** Ends this life; resolves with the exit code, null after SIGKILL. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
  /** Begins another one, at the same port and with the same key. */
  start(): Promise<void>;
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
  let output = "";
  const launch = () => {
    const haste =
      options.timings === undefined ? [] : ["--import", "./test/support/hasteTimings.ts"];
    const started = spawn(process.execPath, [...gatewayNodeOptions, ...haste, "src/main.ts"], {
      cwd: realtimeFolder,
      env: environmentOf(options, port),
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    return started;
  };
  let child = launch();
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const ready = () => waitUntilReady(port, hasEnded, () => output);
  await ready();
  return {
    port,
    pid: () => child.pid ?? 0,
    output: () => output,
    async end(signal) {
      if (hasEnded()) return child.exitCode;
      const exit = once(child, "exit");
      child.kill(signal);
      await exit;
      return child.exitCode;
    },
    async start() {
      child = launch();
      await ready();
    },
  };
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

async function waitUntilReady(
  port: number,
  hasEnded: () => boolean,
  output: () => string,
): Promise<void> {
  const deadlineMs = performance.now() + readyWithinMs;
  while (performance.now() < deadlineMs && !hasEnded()) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await delay(25);
  }
  throw new Error(`The gateway did not become ready:\n${output()}`);
}
