import { verify } from "@node-rs/argon2";
import { classCodePattern } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asSuperuser, createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { ensureDemoClass } from "./ensureDemoClass.ts";
import { seedDemoSchool } from "./seedDemoSchool.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const everything = async () =>
  Promise.all(
    ["schools", "users", "rooms", "room_members", "boards"].map((table) =>
      asSuperuser(db, `select to_jsonb(t) as row from ${table} t order by 1`),
    ),
  );

describe("seedDemoSchool", () => {
  it("changes nothing when it runs again with the same password", async () => {
    const before = await everything();
    await seedDemoSchool(db, db.password);
    expect(await everything()).toEqual(before);
  });

  it("gives every account the password, each under a salt of its own", async () => {
    const demo = await seedDemoSchool(db, "another password");
    const rows = await asSuperuser<{ password_hash: string }>(
      db,
      "select password_hash from users where school_id = $1",
      [demo.schoolId],
    );
    expect(rows).toHaveLength(9);
    expect(new Set(rows.map((row) => row.password_hash)).size).toBe(9);
    for (const row of rows) {
      expect(row.password_hash).toMatch(/^\$argon2id\$/);
      await expect(verify(row.password_hash, "another password")).resolves.toBe(true);
    }
  });

  it("restores who was renamed or removed, and keeps what people added", async () => {
    await asSuperuser(db, "delete from room_members where user_id = $1", [db.people.neema.userId]);
    await asSuperuser(db, "update users set name = 'X' where user_id = $1", [
      db.people.juma.userId,
    ]);
    await asSuperuser(
      db,
      "insert into rooms (school_id, kind, name) values ($1, 'group', 'Debate')",
      [db.schoolId],
    );
    await seedDemoSchool(db, db.password);
    const names = await asSuperuser(
      db,
      `select name from users where user_id = $1
       union all select name from rooms where name = 'Debate'`,
      [db.people.juma.userId],
    );
    expect(names).toEqual([{ name: "Juma Said" }, { name: "Debate" }]);
    const rooms = await asSuperuser(db, "select from room_members where user_id = $1", [
      db.people.neema.userId,
    ]);
    expect(rooms).toHaveLength(3);
  });
});

describe("ensureDemoClass", () => {
  const end = (liveClassId: string) =>
    asSuperuser(
      db,
      "update live_classes set status = 'ended', started_at = now(), ended_at = now() where live_class_id = $1",
      [liveClassId],
    );

  it("keeps the class and its code over restarts, so that links go on working", async () => {
    const first = await ensureDemoClass(db.database, db.demo);
    expect(first.code).toMatch(classCodePattern);
    await asSuperuser(db, "update live_classes set starts_at = now() - interval '3 days'");
    await expect(ensureDemoClass(db.database, db.demo)).resolves.toEqual(first);
    const rows = await asSuperuser(
      db,
      "select from live_classes where starts_at > now() - interval '1 minute'",
    );
    expect(rows).toHaveLength(1);
    await end(first.liveClassId);
  });

  it("makes a new one when the last has ended", async () => {
    const first = await ensureDemoClass(db.database, db.demo, () => "ABCDEF");
    await end(first.liveClassId);
    const second = await ensureDemoClass(db.database, db.demo, () => "GHJKLM");
    expect(second).toMatchObject({ code: "GHJKLM" });
    await expect(db.database.findLiveClassByCode("GHJKLM")).resolves.toMatchObject({
      schoolId: db.schoolId,
      liveClassId: second.liveClassId,
    });
  });
});
