import { readdirSync, readFileSync } from "node:fs";

/** Ticks of `/proc/<pid>/stat` a second: 100 on every Linux that we run on (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Of itself, and of children that have ended and were waited for. */
  readonly ticks: number;
}

/** Seconds of processor time of these processes and all that descend from them, those that have ended included. */
export function treeSeconds(roots: readonly number[]): number {
  return sum(tree(roots).map(({ ticks }) => ticks)) / ticksPerSecond;
}

/** Resident bytes of these processes and all that descend from them; what they share is counted for each. */
export function treeResidentBytes(roots: readonly number[]): number {
  return sum(tree(roots).map(({ pid }) => residentBytes(pid)));
}

function tree(roots: readonly number[]): ProcessStat[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const found = new Map(all.filter(({ pid }) => roots.includes(pid)).map((one) => [one.pid, one]));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const one of all) if (found.has(one.parent)) found.set(one.pid, one);
  }
  return [...found.values()];
}

/** Null when it has ended meanwhile. */
function readStat(pid: number): ProcessStat | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return null;
  }
}

/** Reads a line of `/proc/<pid>/stat`. */
export function parseStat(stat: string): ProcessStat {
  // The second field is the program's name and may hold spaces; those behind it do not.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(fields[1]),
    ticks: sum(fields.slice(11, 15).map(Number)),
  };
}

function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
