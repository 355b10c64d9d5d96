import { readFile } from "node:fs/promises";

/**
 * A name for one process that no later process has: its pid with its start time (`proc_pid_stat(5)`,
 * field 22). Null when there is no such process.
 */
export async function readProcessIdentity(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  // The command in parentheses may hold spaces; fields are counted from behind it, where 3 comes first.
  const startTime = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return startTime === undefined ? null : `${pid} ${startTime}`;
}

/** True while the process that `identity` names lives; a zombie does not. */
export async function isProcessAlive(identity: string): Promise<boolean> {
  const pid = Number(identity.split(" ")[0]);
  if ((await readProcessIdentity(pid)) !== identity.trim()) return false;
  return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")) !== "";
}
