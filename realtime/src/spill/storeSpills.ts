import { createReadStream } from "node:fs";
import { readdir, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { AttendanceRow, BoardUpdateRow, Writer } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { Log } from "../log.ts";
import { decodeSpillLine, type SpillLine } from "./spillLine.ts";
import { maxSpillBytes, spillPattern } from "./writeSpill.ts";

interface StoreParts {
  readonly writer: Pick<Writer, "appendBoardUpdates" | "recordAttendance">;
  readonly log: Log;
}

const maxBatchRows = 500;
const maxBatchBytes = 8 * 1024 * 1024;

/**
 * Stores what earlier processes left in `folder`, and removes each file after its commit. That a row may be stored twice does no
 * harm: an update of Yjs is merged once, and a row of the register has a key. A file that cannot be read, or that the
 * database refuses, is kept beside, under another name: it keeps no school closed. Several nodes may share a folder.
 *
 * @throws DarasaError unavailable when the database does not take it; the file stays then
 */
export async function storeSpills(folder: string | null, parts: StoreParts): Promise<void> {
  for (const path of folder === null ? [] : await spillsIn(folder)) {
    try {
      await storeSpill(path, parts);
    } catch (error) {
      if (error instanceof DarasaError) throw error;
      // Another node was here first.
      if (isMissing(error)) continue;
      await setAside(path, "refused", { ...parts, error });
    }
  }
}

async function storeSpill(path: string, parts: StoreParts): Promise<void> {
  const lines = await readSpill(path);
  if (lines === null) {
    await setAside(path, "unreadable", { ...parts, error: null });
    return;
  }
  const counts = await store(lines, parts);
  await unlink(path);
  parts.log("info", "stored what an earlier process could not", { ...counts });
}

/** A folder that takes no other name, either, keeps the file as it is. */
async function setAside(
  path: string,
  why: "unreadable" | "refused",
  { log, error }: Pick<StoreParts, "log"> & { readonly error: unknown },
): Promise<void> {
  const aside = `${path}.${why}`;
  await rename(path, aside).catch(() => undefined);
  log("error", `what an earlier process left is ${why} and was not stored`, { path: aside, error });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Oldest first. */
async function spillsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const paths = names.filter((name) => spillPattern.test(name)).map((name) => join(folder, name));
  const aged = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => null);
      return found === null ? [] : [{ path, atMs: found.mtimeMs }];
    }),
  );
  return aged
    .flat()
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ path }) => path);
}

/** Null when anything in it is not what this program writes. */
async function readSpill(path: string): Promise<SpillLine[] | null> {
  if ((await stat(path)).size > maxSpillBytes) return null;
  const input = createReadStream(path);
  const lines: SpillLine[] = [];
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    const line = decodeSpillLine(text);
    if (line === null) {
      input.destroy();
      return null;
    }
    lines.push(line);
  }
  return lines;
}

interface StoredCounts {
  readonly attendanceRows: number;
  readonly boardUpdates: number;
  /** Of boards that are gone, or by people who may not draw there any more. */
  readonly boardUpdatesRefused: number;
}

async function store(lines: readonly SpillLine[], { writer }: StoreParts): Promise<StoredCounts> {
  const attendance: AttendanceRow[] = [];
  const updates: BoardUpdateRow[] = [];
  for (const line of lines) {
    if (line.kind === "attendance") attendance.push(line.row);
    else updates.push(line.row);
  }
  for (const batch of batches(attendance, () => 0)) await writer.recordAttendance(batch);
  let stored = 0;
  for (const batch of batches(updates, ({ body }) => body.length)) {
    const outcomes = await writer.appendBoardUpdates(batch);
    stored += outcomes.filter((outcome) => outcome === "stored").length;
  }
  return {
    attendanceRows: attendance.length,
    boardUpdates: stored,
    boardUpdatesRefused: updates.length - stored,
  };
}

/** In order, each within the bounds of one transaction. */
function* batches<Row>(rows: readonly Row[], bytesOf: (row: Row) => number): Generator<Row[]> {
  let batch: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (
      batch.length === maxBatchRows ||
      (batch.length > 0 && bytes + bytesOf(row) > maxBatchBytes)
    ) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(row);
    bytes += bytesOf(row);
  }
  if (batch.length > 0) yield batch;
}
