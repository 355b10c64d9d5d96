import { readdir, readFile } from "node:fs/promises";

/**
 * Bytes of memory that `pid` and all its descendants hold. Shared pages are divided among those who share
 * them (proportional set size), where the kernel tells it, so that Postgres' buffers are not counted per process.
 */
export async function residentBytes(pid: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await read(`/proc/${entry}/stat`);
    parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const isBelow = (candidate: number): boolean => {
    for (let at: number | undefined = candidate; at; at = parents.get(at)) {
      if (at === pid) return true;
    }
    return false;
  };
  const family = [...parents.keys()].filter(isBelow);
  const bytes = await Promise.all(family.map(processBytes));
  return bytes.reduce((sum, each) => sum + each, 0);
}

async function processBytes(pid: number): Promise<number> {
  const shared = /^Pss:\s+(\d+)/m.exec(await read(`/proc/${pid}/smaps_rollup`));
  const whole = shared ?? /^VmRSS:\s+(\d+)/m.exec(await read(`/proc/${pid}/status`));
  return Number(whole?.[1] ?? 0) * 1024;
}

/** Empty for a process that has gone meanwhile. */
function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
