import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "../../infra/local/freePort.ts";
import { testProgramPath } from "../../infra/database/src/testing/testProgram.ts";

/** A way to a port on which next to nothing comes back, and all goes there; posting `{enabled: false}` to `switchUrl` ends it. */
export async function startThrottle(
  port: number,
  kilobytesPerSecond: number,
): Promise<{ readonly port: number; readonly switchUrl: string; stop(): void }> {
  const control = await findFreePort("127.0.0.1");
  const listen = await findFreePort("127.0.0.1");
  const child = spawn(testProgramPath("toxiproxy"), ["-host", "127.0.0.1", "-port", `${control}`], {
    stdio: "ignore",
  });
  const stop = (): void => void child.kill("SIGKILL");
  const post = (path: string, body: object) =>
    fetch(`http://127.0.0.1:${control}${path}`, { method: "POST", body: JSON.stringify(body) });
  try {
    const proxy = {
      name: "slow",
      listen: `127.0.0.1:${listen}`,
      upstream: `127.0.0.1:${port}`,
      enabled: true,
    };
    while (!(await post("/proxies", proxy).catch(() => null))?.ok) {
      if (child.exitCode !== null) throw new Error("toxiproxy did not start");
      await delay(20);
    }
    await post("/proxies/slow/toxics", {
      type: "bandwidth",
      stream: "downstream",
      attributes: { rate: kilobytesPerSecond },
    });
    return { port: listen, switchUrl: `http://127.0.0.1:${control}/proxies/slow`, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
