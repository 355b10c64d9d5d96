import { randomUUID } from "node:crypto";
import { mkdir, open, rename, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { AttendanceRow, BoardUpdateRow } from "@darasa/database";
import { encodeSpillLine, type SpillLine } from "./spillLine.ts";

/** What a node that ends could not store. */
export interface Unstored {
  readonly attendance: readonly AttendanceRow[];
  readonly boardUpdates: readonly BoardUpdateRow[];
}

/** A register of 100,000 rows takes a tenth of it. */
export const maxSpillBytes = 256 * 1024 * 1024;

/** Written at a time. */
const chunkBytes = 1024 * 1024;

/** How the files in the folder are called; others are not looked at. */
export const spillPattern = /^unstored-[0-9a-f-]{36}\.ndjson$/;

/**
 * Writes what could not be stored to a file of its own in `folder`, for the next start. It is there whole or not at all,
 * and nobody but this account can read it.
 *
 * @returns the rows that did not fit into `maxBytes` any more
 * @throws Error when the folder cannot be written to
 */
export async function writeSpill(
  folder: string,
  unstored: Unstored,
  maxBytes: number = maxSpillBytes,
): Promise<Unstored> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `unstored-${randomUUID()}.ndjson`);
  const draft = `${path}.draft`;
  const file = await open(draft, "wx", 0o600);
  try {
    const left = await writeLines(file, unstored, maxBytes);
    await file.sync();
    await rename(draft, path);
    return left;
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

/** The register first: it is small, and a board's clients have their edits still. */
async function writeLines(
  file: FileHandle,
  { attendance, boardUpdates }: Unstored,
  maxBytes: number,
): Promise<Unstored> {
  let bytes = 0;
  let waiting = "";
  const write = async (line: SpillLine): Promise<boolean> => {
    const text = `${encodeSpillLine(line)}\n`;
    if (bytes + text.length > maxBytes) return false;
    bytes += text.length;
    waiting += text;
    if (waiting.length > chunkBytes) await flush();
    return true;
  };
  const flush = async (): Promise<void> => {
    await file.appendFile(waiting);
    waiting = "";
  };
  const left = { attendance: [] as AttendanceRow[], boardUpdates: [] as BoardUpdateRow[] };
  for (const row of attendance) {
    if (!(await write({ kind: "attendance", row }))) left.attendance.push(row);
  }
  for (const row of boardUpdates) {
    if (!(await write({ kind: "boardUpdate", row }))) left.boardUpdates.push(row);
  }
  await flush();
  return left;
}
