import { spawn } from "node:child_process";
import { once } from "node:events";
import { findFreePort } from "../../infra/local/freePort.ts";

/** Seconds from typing `npm start` to the printed links. */
export interface StartTimes {
  /** In a fresh clone: packages, database, demo school and client build included. */
  readonly coldSeconds: number;
  /** The same folder again. */
  readonly warmSeconds: number;
}

/** Runs `npm start` twice in `clone`, a fresh clone with nothing set up, and stops it with Ctrl-C's signal. */
export async function measureStartTimes(clone: string): Promise<StartTimes> {
  return { coldSeconds: await timeStart(clone), warmSeconds: await timeStart(clone) };
}

async function timeStart(folder: string): Promise<number> {
  const port = async () => String(await findFreePort("127.0.0.1"));
  const env = { ...process.env, PORT: await port(), REALTIME_PORT: await port() };
  const begun = performance.now();
  // A process group of its own, so that the signal reaches npm and all that it started, as a terminal's would.
  const npm = spawn("npm", ["start"], { cwd: folder, env, detached: true, stdio: "pipe" });
  let output = "";
  npm.stderr.on("data", (text: Buffer) => (output += text.toString()));
  const ended = once(npm, "exit");
  for (;;) {
    const next = await Promise.race([once(npm.stdout, "data"), ended]);
    if (next[0] instanceof Buffer) output += next[0].toString();
    else throw new Error(`npm start ended early:\n${output}`);
    if (/\/join\/[0-9A-Z]{6}/.test(output)) break;
  }
  const seconds = (performance.now() - begun) / 1000;
  process.kill(-(npm.pid ?? 0), "SIGINT");
  await ended;
  return seconds;
}
