import { readFileSync } from "node:fs";

/** Ticks of `/proc/<pid>/stat` a second: 100 on every Linux that we run on (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

/** Seconds of processor time that one process has used so far, its threads included. */
export function processSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name and may hold spaces; those behind it do not.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
