import { DarasaError, type BoardId, type RoomId, type SchoolId } from "@darasa/protocol";
import type { BoardUpdateOutcome, BoardUpdateRow } from "@darasa/database";
import { describe, expect, it } from "vitest";
import type { BoardPlace } from "./boardPlace.ts";
import { UpdateLog } from "./updateLog.ts";
import type { MergedUpdate, UpdateExtent } from "./workerMessages.ts";

const place: BoardPlace = {
  schoolId: "s" as SchoolId,
  roomId: "r" as RoomId,
  boardId: "b" as BoardId,
  name: "s:b",
};
const other: BoardPlace = { ...place, boardId: "c" as BoardId, name: "s:c" };

/** A writer whose every batch waits until the test lets it go on. */
function startLog() {
  const batches: {
    rows: readonly BoardUpdateRow[];
    settle: PromiseWithResolvers<BoardUpdateOutcome[]>;
  }[] = [];
  const told: string[] = [];
  const extents: UpdateExtent[] = [];
  const log = new UpdateLog({
    writer: {
      appendBoardUpdates(rows) {
        const settle = Promise.withResolvers<BoardUpdateOutcome[]>();
        batches.push({ rows, settle });
        return settle.promise;
      },
    },
    stored: ({ name }, extent) => {
      told.push(`stored ${name}`);
      extents.push(extent);
    },
    gone: ({ name }) => told.push(`gone ${name}`),
    refused: ({ name }) => told.push(`refused ${name}`),
    askWhole: ({ name }) => told.push(`ask ${name}`),
    log: () => undefined,
  });
  const commit = async (index: number) => {
    await expect.poll(() => batches.length).toBeGreaterThan(index);
    const batch = batches[index];
    batch?.settle.resolve(batch.rows.map(() => "stored"));
  };
  return { log, batches, told, extents, commit };
}

const extent = (client: number, clock: number): UpdateExtent => ({
  clocks: new Map([[client, clock]]),
  deletes: [],
});
const bytes = (size: number) => new Uint8Array(size);
const edit = (update: Uint8Array<ArrayBuffer>, of: UpdateExtent): MergedUpdate => ({
  update,
  extent: of,
  authors: [],
  drawers: [],
});

describe("UpdateLog", () => {
  it("commits at once when idle, and then what came meanwhile as one", async () => {
    const { log, batches, told, extents, commit } = startLog();
    log.append(place, edit(bytes(1), extent(1, 1)));
    log.append(place, edit(bytes(1), extent(1, 2)));
    log.append(other, edit(bytes(1), extent(2, 1)));
    expect(batches.map(({ rows }) => rows.length)).toEqual([1]);
    expect(told).toEqual([]);
    await commit(0);
    await commit(1);
    await log.flush(1_000);
    expect(batches.map(({ rows }) => rows.length)).toEqual([1, 2]);
    expect(told).toEqual(["stored s:b", "stored s:b", "stored s:c"]);
    expect(extents[1]?.clocks.get(1)).toBe(2);
    expect(log.unstored).toEqual({ updates: 0, bytes: 0 });
  });

  it("calls back in the order of what was appended, after the commit", async () => {
    const { log, told, commit } = startLog();
    log.append(place, edit(bytes(1), extent(1, 1)));
    log.afterStored(place, () => told.push("copy"));
    expect(told).toEqual([]);
    await commit(0);
    await log.flush(1_000);
    expect(told).toEqual(["stored s:b", "copy"]);
  });

  it("calls back at once when nothing waits", async () => {
    const { log, told } = startLog();
    log.afterStored(place, () => told.push("copy"));
    await log.flush(1_000);
    expect(told).toEqual(["copy"]);
  });

  it("tries again in order when the database is away, and tells nothing until then", async () => {
    const { log, batches, told, commit } = startLog();
    log.append(place, edit(bytes(3), extent(1, 1)));
    log.append(place, edit(bytes(4), extent(1, 2)));
    batches[0]?.settle.reject(new DarasaError("unavailable"));
    await expect.poll(() => batches.length).toBe(2);
    expect(batches[1]?.rows.map(({ body }) => body.length)).toEqual([3, 4]);
    expect(log.unstored).toEqual({ updates: 2, bytes: 7 });
    expect(log.waitingOf(place.name).map(({ length }) => length)).toEqual([3, 4]);
    expect(told).toEqual([]);
    await commit(1);
    await log.flush(1_000);
    expect(told).toEqual(["stored s:b"]);
  });

  it("tells of a board that is gone, and not of it as stored", async () => {
    const { log, batches, told } = startLog();
    log.append(place, edit(bytes(1), extent(1, 1)));
    batches[0]?.settle.resolve(["not_found"]);
    await log.flush(1_000);
    expect(told).toEqual(["gone s:b"]);
  });

  it("takes the whole document in place of what piles up while the database is away", async () => {
    const { log, batches, told, extents, commit } = startLog();
    log.append(place, edit(bytes(1), extent(1, 1)));
    batches[0]?.settle.reject(new DarasaError("unavailable"));
    await expect.poll(() => batches.length).toBe(2);
    for (let index = 2; index < 12; index += 1)
      log.append(place, edit(bytes(1024 * 1024), extent(1, index)));
    log.append(other, edit(bytes(5), extent(2, 1)));
    expect(told).toEqual(["ask s:b"]);
    batches[1]?.settle.reject(new DarasaError("unavailable"));
    // It comes while nothing is being committed.
    await expect.poll(() => log.waitingOf(place.name).length).toBe(11);
    log.replace(place, bytes(100));
    expect(log.unstored.bytes).toBeLessThan(200);
    await commit(2);
    await log.flush(5_000);
    expect(batches[2]?.rows.map(({ body }) => body.length)).toEqual([100, 5]);
    expect(told).toEqual(["ask s:b", "stored s:b", "stored s:c"]);
    expect(extents[0]?.clocks.get(1)).toBe(11);
  });

  it("gives up waiting after the grace", async () => {
    const { log } = startLog();
    log.append(place, edit(bytes(1), extent(1, 1)));
    await log.flush(10);
    expect(log.unstored.updates).toBe(1);
  });

  it("[B8] drops what follows a refused edit of a board, and tells it once", async () => {
    const { log, batches, told, commit } = startLog();
    log.append(place, edit(bytes(1), extent(1, 1)));
    log.append(place, edit(bytes(1), extent(1, 2)));
    log.append(other, edit(bytes(1), extent(2, 1)));
    log.afterStored(place, () => told.push("copy"));
    await commit(0);
    await expect.poll(() => batches.length).toBe(2);
    log.append(place, edit(bytes(1), extent(1, 3)));
    batches[1]?.settle.resolve(["refused", "stored"]);
    await log.flush(1_000);
    expect(told).toEqual(["stored s:b", "refused s:b", "stored s:c"]);
    expect(batches).toHaveLength(2);
    expect(log.unstored).toEqual({ updates: 0, bytes: 0 });
  });

  it("[P8] whoever holds something of one school holds up its boards, in their order, and no other school's", async () => {
    const { log, batches, told, commit } = startLog();
    const foreign: BoardPlace = { ...place, schoolId: "other" as SchoolId, name: "other:b" };
    const busy = (index: number) =>
      batches[index]?.settle.reject(new DarasaError("busy", { cause: "held" }));
    const schoolsOf = (index: number) => batches[index]?.rows.map(({ schoolId }) => schoolId);
    const first = bytes(1);
    log.append(place, edit(first, extent(1, 1)));
    await expect.poll(() => batches.length).toBe(1);
    for (const [to, size] of [
      [place, 2],
      [foreign, 3],
    ] as const) {
      log.append(to, edit(bytes(size), extent(size, 1)));
    }
    busy(0);
    await commit(1);
    expect(schoolsOf(1)).toEqual(["other"]);
    await expect.poll(() => told).toEqual(["stored other:b"]);
    log.append(foreign, edit(bytes(4), extent(4, 1)));
    await commit(2);
    expect(schoolsOf(2)).toEqual(["other"]);
    await commit(3);
    expect(batches[3]?.rows.map(({ body }) => body.length)).toEqual([1, 2]);
    await log.flush(1_000);
    expect(log.unstored).toEqual({ updates: 0, bytes: 0 });
    expect(told.filter((each) => each === "stored s:b")).toHaveLength(1);
  });

  it("[P8] a batch of several schools that had to wait is tried school by school", async () => {
    const { log, batches, told, commit } = startLog();
    const foreign: BoardPlace = { ...place, schoolId: "other" as SchoolId, name: "other:b" };
    log.append(other, edit(bytes(1), extent(1, 1)));
    for (const to of [place, foreign]) log.append(to, edit(bytes(2), extent(2, 1)));
    await commit(0);
    await expect.poll(() => batches.length).toBe(2);
    batches[1]?.settle.reject(new DarasaError("busy"));
    for (const index of [2, 3]) await commit(index);
    expect(batches.slice(2).map(({ rows }) => rows.map(({ schoolId }) => schoolId))).toEqual([
      ["s"],
      ["other"],
    ]);
    await log.flush(1_000);
    expect(told).toEqual(["stored s:c", "stored s:b", "stored other:b"]);
  });
});
