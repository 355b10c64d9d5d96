import { open, readFile, stat, truncate, type FileHandle } from "node:fs/promises";

const maxLogBytes = 5 * 1024 * 1024;

/** Opens a log to append, emptied when it grew over 5 MB; readable by us only. The caller closes it. */
export async function openLog(path: string): Promise<FileHandle> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxLogBytes) await truncate(path);
  return open(path, "a", 0o600);
}

/** The last lines of a log, for a person who must know why something did not start. */
export async function readLogEnd(path: string, lines = 8): Promise<string> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}
