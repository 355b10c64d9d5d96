import { DarasaError } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { createDatabase } from "./createDatabase.ts";
import { findFreePortUrl } from "./testing/findFreePortUrl.ts";
import { RowMismatchError } from "./rowChecker.ts";
import { sql } from "./sql.ts";
import { parseBigint } from "./typeParsers.ts";
import {
  asSuperuser,
  createTestDatabase,
  startStallingProxy,
  startTestClass,
  type TestDatabase,
} from "./testing/index.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const nothing = sql.typeAlias("nothing");
const one = sql.type(z.object({ one: z.number() }))`select 1 as one`;

describe("inSchool", () => {
  it("commits when the work resolves, and rolls back when it throws", async () => {
    const rename = (name: string) =>
      nothing`update rooms set name = ${name} where room_id = ${db.rooms.biology.roomId}`;
    await db.database.inSchool(db.schoolId, (tx) => tx.query(rename("Chemistry")));
    const failing = db.database.inSchool(db.schoolId, async (tx) => {
      await tx.query(rename("Alchemy"));
      throw new DarasaError("conflict");
    });
    await expect(failing).rejects.toMatchObject({ code: "conflict" });
    const [room] = await asSuperuser(db, "select name from rooms where room_id = $1", [
      db.rooms.biology.roomId,
    ]);
    expect(room).toEqual({ name: "Chemistry" });
  });

  it("gives timestamps as epoch ms and bigints as numbers", async () => {
    const schema = z.object({ at: z.int(), many: z.int() });
    const row = await db.database.inSchool(db.schoolId, (tx) =>
      tx.one(
        sql.type(
          schema,
        )`select '2026-03-01 08:00:00.123+03'::timestamptz as at, 9007199254740991::bigint as many`,
      ),
    );
    expect(row).toEqual({ at: Date.UTC(2026, 2, 1, 5, 0, 0, 123), many: 9007199254740991 });
  });

  it("refuses a bigint that a number cannot hold, rather than change it", () => {
    expect(() => parseBigint("9007199254740993")).toThrow(RangeError);
  });

  it("checks every row against its schema and names the field, never the value", async () => {
    const wrong = db.database.inSchool(db.schoolId, (tx) =>
      tx.one(sql.type(z.object({ name: z.number() }))`select 'secret' as name`),
    );
    await expect(wrong).rejects.toThrow(RowMismatchError);
    await expect(wrong).rejects.toThrow(/name/);
    await expect(wrong).rejects.not.toThrow(/secret/);
  });

  it("lets the schema transform a row", async () => {
    const schema = z.object({ n: z.number().transform((n) => n * 2) });
    await expect(
      db.database.inSchool(db.schoolId, (tx) => tx.one(sql.type(schema)`select 21 as n`)),
    ).resolves.toEqual({ n: 42 });
  });
});

describe("what must be known before a school is", () => {
  it("finds a school by its slug", async () => {
    await expect(db.database.findSchoolBySlug("neighbour")).resolves.toEqual({
      schoolId: db.neighbour.schoolId,
      name: "Neighbour School",
    });
    await expect(db.database.findSchoolBySlug("nowhere")).resolves.toBeNull();
  });

  it("finds a live class by its code until it has ended", async () => {
    const schoolId = db.neighbour.schoolId;
    const { liveClassId, code } = await startTestClass(db.database, {
      schoolId,
      roomId: db.neighbour.rooms.history.roomId,
      teacher: db.neighbour.people.teacher,
    });
    await expect(db.database.findLiveClassByCode(code)).resolves.toEqual({ schoolId, liveClassId });
    await asSuperuser(
      db,
      "update live_classes set status = 'ended', ended_at = now() where live_class_id = $1",
      [liveClassId],
    );
    await expect(db.database.findLiveClassByCode(code)).resolves.toBeNull();
  });
});

describe("when Postgres cannot be reached", () => {
  const promisedMs = 3_000;
  /** What a machine that runs all tests at once may add. */
  const slackMs = 2_000;
  const unavailable = { name: "DarasaError", code: "unavailable" };

  /** How long `work` took to reject with `unavailable`. */
  const msUntilUnavailable = async (work: Promise<unknown>) => {
    const startedAtMs = Date.now();
    await expect(work).rejects.toMatchObject(unavailable);
    return Date.now() - startedAtMs;
  };

  it("[P8] createDatabase says unavailable: nobody listens", async () => {
    await expect(createDatabase(await findFreePortUrl(db.appUrl))).rejects.toMatchObject(
      unavailable,
    );
  });

  it("[P8] createDatabase says unavailable within 3 s: somebody listens and says nothing", async () => {
    const proxy = await startStallingProxy(db.appUrl);
    proxy.freeze();
    expect(await msUntilUnavailable(createDatabase(proxy.url))).toBeLessThan(promisedMs + slackMs);
    await proxy.close();
  });

  it("[P8] says unavailable when connections are cut, and recovers by itself", async () => {
    const proxy = await startStallingProxy(db.appUrl);
    const database = await createDatabase(proxy.url);
    const working = database.inSchool(db.schoolId, async (tx) => {
      proxy.cut();
      return tx.one(one);
    });
    await expect(working).rejects.toMatchObject(unavailable);
    await expect(database.ping()).resolves.toBeUndefined();
    await database.close();
    await proxy.close();
  });

  it("[P8] says unavailable within 3 s when Postgres goes silent, and does not do the work later", async () => {
    const proxy = await startStallingProxy(db.appUrl);
    const database = await createDatabase(proxy.url, { maxConnections: 1 });
    await database.ping();
    proxy.freeze();
    let ran = false;
    const work = database.inSchool(db.schoolId, async (tx) => {
      ran = true;
      await tx.one(one);
    });
    expect(await msUntilUnavailable(work)).toBeLessThan(promisedMs + slackMs);
    expect(ran).toBe(false);
    proxy.thaw();
    proxy.cut();
    await expect(database.ping()).resolves.toBeUndefined();
    expect(ran).toBe(false);
    await database.close();
    await proxy.close();
  });

  it("[P8] says unavailable within 3 s when Postgres goes silent in the middle of the work", async () => {
    const proxy = await startStallingProxy(db.appUrl);
    const database = await createDatabase(proxy.url, { maxConnections: 1 });
    const work = database.inSchool(db.schoolId, async (tx) => {
      proxy.freeze();
      await tx.one(one);
    });
    expect(await msUntilUnavailable(work)).toBeLessThan(promisedMs + slackMs);
    // The way stays frozen for the old connection: its place in the pool must be free all the same.
    proxy.thaw();
    await expect(database.ping()).resolves.toBeUndefined();
    await database.close();
    await proxy.close();
  });

  it("[P8] says unavailable within 3 s when every connection is busy", async () => {
    const database = await createDatabase(db.appUrl, { maxConnections: 1 });
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const holding = database.inSchool(db.schoolId, () => released);
    let ran = false;
    const late = database.inSchool(db.schoolId, () => Promise.resolve((ran = true)));
    expect(await msUntilUnavailable(late)).toBeLessThan(promisedMs + slackMs);
    release();
    await holding;
    await database.ping();
    expect(ran).toBe(false);
    await database.close();
  });
});
