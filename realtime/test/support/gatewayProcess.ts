import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { findFreePort } from "@darasa/database/testing";
import type { Timings } from "../../src/timings.ts";

const realtimeFolder = join(import.meta.dirname, "../..");

/** The gateway as operators run it: a process of its own, known only by its port. */
export interface GatewayProcess {
  readonly port: number;
  readonly pid: number;
  readonly ticketKey: Uint8Array<ArrayBuffer>;
  /** Everything that it has logged. */
  output(): string;
  /** Sends a signal and resolves with the exit code, null after SIGKILL. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

export interface GatewaySettings {
  readonly appUrl: string;
  readonly writerUrl: string;
  /** The same port and key again, for a gateway that was killed. */
  readonly port?: number;
  readonly ticketKey?: Uint8Array<ArrayBuffer>;
  /** Shorter ones than those of the protocol. */
  readonly timings?: Partial<Timings>;
  /** More of what an operator may set. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts it and waits until it is ready to serve.
 *
 * @throws Error with its whole output when it ends before
 */
export async function startGatewayProcess(settings: GatewaySettings): Promise<GatewayProcess> {
  const port = settings.port ?? (await findFreePort());
  const ticketKey = settings.ticketKey ?? new Uint8Array(randomBytes(32));
  const haste =
    settings.timings === undefined ? [] : ["--import", "./test/support/hasteTimings.ts"];
  const child = spawn(process.execPath, [...haste, "src/main.ts"], {
    cwd: realtimeFolder,
    env: {
      HOST: "127.0.0.1",
      REALTIME_PORT: String(port),
      DATABASE_URL: settings.appUrl,
      DATABASE_WRITER_URL: settings.writerUrl,
      TICKET_KEY: Buffer.from(ticketKey).toString("base64url"),
      TEST_TIMINGS: JSON.stringify(settings.timings ?? {}),
      ...settings.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  await ready(child, port, () => output);
  return {
    port,
    pid: child.pid ?? 0,
    ticketKey,
    output: () => output,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exit = once(child, "exit");
      child.kill(signal);
      await exit;
      return child.exitCode;
    },
  };
}

async function ready(child: ChildProcess, port: number, output: () => string): Promise<void> {
  const url = `http://127.0.0.1:${String(port)}/readyz`;
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) break;
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error(`The gateway did not become ready:\n${output()}`);
}
