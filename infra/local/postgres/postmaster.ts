import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** A Postgres server process that holds our data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const pollMs = 50;
const fastShutdownMs = 10_000;

/**
 * The server that runs on this data folder, also one that an earlier start left behind; null when
 * `postmaster.pid` is missing, or was left by a process that is no more (its pid may be another's now).
 */
export async function findPostmaster(data: string): Promise<Postmaster | null> {
  const lines = (await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !(await isPostmasterOf(pid, data))) return null;
  return Number.isInteger(port) && port > 0 ? { pid, port } : null;
}

/** True while process `pid` is a server of this data folder. */
export async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  // Empty for a zombie, gone for a dead process.
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.split("\0").includes(data);
}

/** Resolves when the server is gone, or after `withinMs`. */
export async function waitUntilGone(
  { pid }: Postmaster,
  data: string,
  withinMs = Infinity,
): Promise<void> {
  const deadlineMs = Date.now() + withinMs;
  while (Date.now() < deadlineMs && (await isPostmasterOf(pid, data))) await delay(pollMs);
}

/** Fast shutdown: sessions are cut, and all that was committed is on disk when this resolves. */
export async function stopPostmaster(server: Postmaster, data: string): Promise<void> {
  if (await isPostmasterOf(server.pid, data)) process.kill(server.pid, "SIGINT");
  await waitUntilGone(server, data, fastShutdownMs);
  if (await isPostmasterOf(server.pid, data)) process.kill(server.pid, "SIGQUIT");
  await waitUntilGone(server, data);
}
