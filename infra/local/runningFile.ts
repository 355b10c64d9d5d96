import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Links } from "./links.ts";
import { writeWhole } from "./writeWhole.ts";

/** What a person, or a test, must know of a Darasa that runs. */
export interface Running extends Links {
  /** Of all demo accounts. */
  readonly password: string;
  /** Process ids; null while one is being started again. */
  readonly processes: Readonly<Record<ProcessName, number | null>>;
}

export type ProcessName = "supervisor" | "postgres" | "realtime" | "api";

/** Says in `running.json` what runs; readable by its owner only, since the teacher's link is in it. */
export function writeRunningFile(dataFolder: string, running: Running): Promise<void> {
  return writeWhole(pathIn(dataFolder), `${JSON.stringify(running, null, 2)}\n`, 0o600);
}

/** What runs on this data folder, as its supervisor last said; null when none is ready. */
export async function readRunningFile(dataFolder: string): Promise<Running | null> {
  const text = await readFile(pathIn(dataFolder), "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as Running);
}

export function removeRunningFile(dataFolder: string): Promise<void> {
  return rm(pathIn(dataFolder), { force: true });
}

function pathIn(dataFolder: string): string {
  return join(dataFolder, "running.json");
}
