import { readFile, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { isProcessAlive, readProcessIdentity } from "./processIdentity.ts";
import { writeWhole } from "./writeWhole.ts";

const patienceMs = 12_000;
const pollMs = 50;

/** Notes in `file` which process runs, for a start that comes after a crash of ours. */
export async function noteProcess(file: string, pid: number): Promise<void> {
  await writeWhole(file, (await readProcessIdentity(pid)) ?? "", 0o600);
}

/**
 * Ends the process that `file` names, should it still live: a supervisor was killed, and this child of it,
 * which was told by its pipe, is not done yet. It keeps its port until then.
 */
export async function endLeftOverProcess(file: string): Promise<void> {
  const identity = await readFile(file, "utf8").catch(() => "");
  const deadlineMs = Date.now() + patienceMs;
  while (identity !== "" && (await isProcessAlive(identity))) {
    if (Date.now() > deadlineMs) process.kill(Number(identity.split(" ")[0]), "SIGKILL");
    await delay(pollMs);
  }
  await rm(file, { force: true });
}
