import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AttendanceRow, BoardUpdateRow } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { storeSpills } from "./storeSpills.ts";
import { writeSpill } from "./writeSpill.ts";

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "darasa-spill-")), "unstored");
});
afterEach(() => rm(join(folder, ".."), { recursive: true }));

const left = (atMs: number): AttendanceRow => ({
  schoolId: randomUUID(),
  liveClassId: randomUUID(),
  participantId: randomUUID(),
  sessionId: randomUUID(),
  kind: "left",
  atMs,
});
const drawn = (bytes: number): BoardUpdateRow => ({
  schoolId: randomUUID(),
  boardId: randomUUID(),
  body: new Uint8Array(bytes).fill(7),
  authors: [{ participantId: randomUUID(), role: "student", liveClassId: null }],
  drawers: [{ clientId: 4_294_967_295, participantId: randomUUID() }],
});

/** Megabytes take seconds to be compared one by one. */
function withDigest(row: BoardUpdateRow) {
  return { ...row, body: createHash("sha256").update(row.body).digest("hex") };
}

function makeWriter() {
  const attendance: AttendanceRow[] = [];
  const boardUpdates: BoardUpdateRow[] = [];
  return {
    attendance,
    boardUpdates,
    recordAttendance: (rows: readonly AttendanceRow[]) => {
      attendance.push(...rows);
      return Promise.resolve(0);
    },
    appendBoardUpdates: (rows: readonly BoardUpdateRow[]) => {
      boardUpdates.push(...rows);
      return Promise.resolve(rows.map(() => "stored" as const));
    },
  };
}

function makeLog() {
  const lines: string[] = [];
  const log = (level: string, message: string) => void lines.push(`${level}: ${message}`);
  return { lines, log };
}

test("what was spilled is stored as it was, in order, and the file is gone", async () => {
  const attendance = Array.from({ length: 1_200 }, (_, index) => left(index));
  const boardUpdates = [drawn(1), drawn(9 * 1024 * 1024), drawn(3)];
  expect(await writeSpill(folder, { attendance, boardUpdates })).toEqual({
    attendance: [],
    boardUpdates: [],
  });
  const writer = makeWriter();
  await storeSpills(folder, { writer, ...makeLog() });
  expect(writer.attendance).toEqual(attendance);
  expect(writer.boardUpdates.map(withDigest)).toEqual(boardUpdates.map(withDigest));
  expect(await readdir(folder)).toEqual([]);
});

test("nobody else can read it", async () => {
  await writeSpill(folder, { attendance: [left(1)], boardUpdates: [] });
  const [name = ""] = await readdir(folder);
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("it is bounded; what did not fit is told, and what fits is kept", async () => {
  const big = drawn(4_000);
  const small = drawn(10);
  const row = left(1);
  const unstored = { attendance: [row], boardUpdates: [big, small] };
  expect(await writeSpill(folder, unstored, 2_000)).toEqual({
    attendance: [],
    boardUpdates: [big],
  });
  const writer = makeWriter();
  await storeSpills(folder, { writer, ...makeLog() });
  expect(writer.boardUpdates).toEqual([small]);
});

test("while the database is away the file stays", async () => {
  await writeSpill(folder, { attendance: [left(1)], boardUpdates: [] });
  const away = () => Promise.reject(new DarasaError("unavailable"));
  const writer = { recordAttendance: away, appendBoardUpdates: away };
  await expect(storeSpills(folder, { writer, ...makeLog() })).rejects.toThrow();
  expect(await readdir(folder)).toHaveLength(1);
});

test.each([
  ["half of a line", (text: string) => text.slice(0, -20)],
  ["a line too many", (text: string) => `${text}{}\n`],
  ["another kind", (text: string) => text.replace('"left"', '"deleted"')],
  ["an id that is none", (text: string) => text.replace(/"schoolId":"[^"]*/, '"schoolId":"1')],
  ["a field that nobody wrote", (text: string) => text.replace('"atMs"', '"x":1,"atMs"')],
])("of a file with %s nothing is stored, it is kept, and the start goes on", async (_, spoil) => {
  await writeSpill(folder, { attendance: [left(1), left(2)], boardUpdates: [] });
  const [name = ""] = await readdir(folder);
  const path = join(folder, name);
  await writeFile(path, spoil(await readFile(path, "utf8")));
  const writer = makeWriter();
  const { lines, log } = makeLog();
  await storeSpills(folder, { writer, log });
  expect(writer.attendance).toEqual([]);
  expect(await readdir(folder)).toEqual([`${name}.unreadable`]);
  expect(lines).toEqual([expect.stringContaining("error: ")]);
});

test("what the database refuses is kept beside, and the start and the other files go on", async () => {
  await writeSpill(folder, { attendance: [left(1)], boardUpdates: [] });
  const [refused = ""] = await readdir(folder);
  await writeSpill(folder, { attendance: [], boardUpdates: [drawn(3)] });
  const writer = makeWriter();
  const recordAttendance = () => Promise.reject(new Error("violates a constraint"));
  const { lines, log } = makeLog();
  await storeSpills(folder, { writer: { ...writer, recordAttendance }, log });
  expect(writer.boardUpdates).toHaveLength(1);
  expect(await readdir(folder)).toEqual([`${refused}.refused`]);
  expect(lines.filter((line) => line.startsWith("error: "))).toHaveLength(1);
});

test("of several nodes that begin with the same folder each starts, and nothing is left", async () => {
  for (let at = 0; at < 5; at += 1) {
    await writeSpill(folder, { attendance: [left(at)], boardUpdates: [drawn(at)] });
  }
  const writer = makeWriter();
  const parts = { writer, ...makeLog() };
  await Promise.all(Array.from({ length: 4 }, () => storeSpills(folder, parts)));
  expect(new Set(writer.attendance.map(({ atMs }) => atMs)).size).toBe(5);
  expect(await readdir(folder)).toEqual([]);
});

test("other files are none of its cares, nor is a folder that is not there", async () => {
  const { lines, log } = makeLog();
  const parts = { writer: makeWriter(), log };
  await storeSpills(join(folder, "none"), parts);
  await storeSpills(null, parts);
  await writeSpill(folder, { attendance: [], boardUpdates: [] });
  await writeFile(join(folder, "notes.txt"), "mine");
  await storeSpills(folder, parts);
  expect(await readdir(folder)).toEqual(["notes.txt"]);
  expect(lines).toHaveLength(1);
});
