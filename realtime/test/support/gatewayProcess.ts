import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  answersWell,
  findFreePort,
  startTestServer,
  type TestServer,
} from "@darasa/database/testing";
import type { Timings } from "../../src/timings.ts";

const realtimeFolder = join(import.meta.dirname, "../..");

/** The gateway as operators run it: a process of its own, known only by its port. */
export interface GatewayProcess extends Pick<TestServer, "end" | "output"> {
  readonly port: number;
  readonly pid: number;
  readonly ticketKey: Uint8Array<ArrayBuffer>;
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
  const server = await startTestServer({
    title: "The gateway",
    command: process.execPath,
    args: [...haste, "src/main.ts"],
    options: {
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
    },
    isReady: () => answersWell(`http://127.0.0.1:${String(port)}/readyz`),
    readyWithinMs: 60_000,
  });
  return { ...server, port, ticketKey, pid: server.pid() };
}
