import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { findFreePort } from "../../local/freePort.ts";

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
  const port = await findFreePort("127.0.0.1");
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...environment, HOST: "127.0.0.1", PORT: String(port), REALTIME_PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const address = `127.0.0.1:${port}`;
  const deadlineMs = performance.now() + 30_000;
  while (!(await isReady(address))) {
    if (child.exitCode !== null || performance.now() > deadlineMs) {
      child.kill("SIGKILL");
      throw new Error(`${script} did not become ready:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    address,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
      return child.exitCode;
    },
  };
}

async function isReady(address: string): Promise<boolean> {
  const answer = await fetch(`http://${address}/readyz`).catch(() => null);
  return answer?.ok === true;
}
