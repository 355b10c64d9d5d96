import { open, readFile, stat, truncate } from "node:fs/promises";
import { join } from "node:path";

const maxLogBytes = 5 * 1024 * 1024;

/** Opens the server's log to append, emptied when it grew over 5 MB; the caller closes the handle. */
export async function openPostgresLog(folder: string): ReturnType<typeof open> {
  const path = logPath(folder);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxLogBytes) await truncate(path);
  return open(path, "a");
}

/** The last lines of the log, for a person who must know why Postgres did not start. */
export async function readLogEnd(folder: string, lines = 5): Promise<string> {
  const text = await readFile(logPath(folder), "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}

function logPath(folder: string): string {
  return join(folder, "postgres.log");
}
