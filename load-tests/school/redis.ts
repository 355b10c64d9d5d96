import { spawn } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "../../infra/local/freePort.ts";
import { testProgramPath } from "./testProgram.ts";

/** A Redis that keeps nothing, for several nodes. */
export async function startRedis(): Promise<{ readonly url: string; stop(): void }> {
  const port = await findFreePort("127.0.0.1");
  const child = spawn(
    testProgramPath("redis"),
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    // Debian's binary is several programs, by the name that it is called.
    { argv0: "redis-server", cwd: "/tmp", stdio: "ignore" },
  );
  const stop = (): void => void child.kill("SIGKILL");
  const deadlineMs = performance.now() + 10_000;
  while (!(await answers(port))) {
    if (performance.now() < deadlineMs && child.exitCode === null) {
      await delay(20);
      continue;
    }
    stop();
    throw new Error("Redis did not start");
  }
  return { url: `redis://127.0.0.1:${port}`, stop };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
