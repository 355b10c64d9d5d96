import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where the generator and the peers are put: nothing of theirs comes into our tree. */
export function cacheFolder(): string {
  const base = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(base, "darasa", "compare");
  mkdirSync(folder, { recursive: true });
  return folder;
}
