import { fileURLToPath } from "node:url";
import { answersWell, findFreePort, startTestServer } from "@darasa/database/testing";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A service of the compose file, as a process of this machine. */
export interface RunningService {
  readonly port: number;
  readonly address: string;
  /** As the orchestrator ends it; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Runs the service's command with its environment, and waits until it says that it is ready. */
export async function startService(
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningService> {
  const port = await findFreePort();
  const address = `127.0.0.1:${String(port)}`;
  const service = await startTestServer({
    title: script,
    command: process.execPath,
    args: [script],
    options: {
      cwd: root,
      env: { ...environment, HOST: "127.0.0.1", PORT: String(port), REALTIME_PORT: String(port) },
    },
    isReady: () => answersWell(`http://${address}/readyz`),
    readyWithinMs: 60_000,
  });
  return { port, address, stop: () => service.end("SIGTERM") };
}
