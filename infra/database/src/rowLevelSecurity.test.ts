import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { createWriter } from "./createWriter.ts";
import { sql } from "./sql.ts";
import {
  asSuperuser,
  createTestDatabase,
  startTestClass,
  type TestDatabase,
} from "./testing/index.ts";
import { withClient } from "./withClient.ts";

const countRow = z.object({ count: z.number() });
const nothing = sql.typeAlias("nothing");

/** Every table of the schema that has a school; the first test shows that none is missing. */
const schoolTables = [
  "attendance_events",
  "board_updates",
  "boards",
  "chat_messages",
  "live_class_participants",
  "live_classes",
  "refresh_tokens",
  "room_members",
  "rooms",
  "schools",
  "sign_ins",
  "users",
] as const;

const readOnlyTables: readonly string[] = [
  "attendance_events",
  "board_updates",
  "chat_messages",
  "schools",
];
const writableTables = schoolTables.filter((name) => !readOnlyTables.includes(name));

describe("row level security", () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase();
    await fillEveryTable(db, db.neighbour.schoolId, {
      roomId: db.neighbour.rooms.history.roomId,
      boardId: db.neighbour.rooms.history.boardId,
      teacher: db.neighbour.people.teacher,
    });
    await fillEveryTable(db, db.schoolId, {
      roomId: db.rooms.mathematics.roomId,
      boardId: db.rooms.mathematics.boardId,
      teacher: db.people.teacher,
    });
  });
  afterAll(() => db.drop());

  const countOf = (table: string, schoolId: string) =>
    asSuperuser<{ count: string }>(db, `select count(*) from ${table} where school_id = $1`, [
      schoolId,
    ]).then(([row]) => Number(row?.count));

  it("is tested on every table that has a school, and each of them has rows of both schools", async () => {
    const rows = await asSuperuser<{ name: string }>(
      db,
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'school_id' order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([...schoolTables].sort());
    for (const table of schoolTables) {
      expect(await countOf(table, db.schoolId), table).toBeGreaterThan(0);
      expect(await countOf(table, db.neighbour.schoolId), table).toBeGreaterThan(0);
    }
  });

  it.each(schoolTables)("%s: shows the own school's rows only", async (table) => {
    const [own, foreign] = await db.database.inSchool(db.schoolId, async (tx) => {
      const count = (schoolId: string) =>
        tx.oneFirst(
          sql.type(
            countRow,
          )`select count(*) from ${sql.identifier([table])} where school_id = ${schoolId}`,
        );
      return [await count(db.schoolId), await count(db.neighbour.schoolId)];
    });
    expect(own).toBe(await countOf(table, db.schoolId));
    expect(foreign).toBe(0);
  });

  it.each(schoolTables)("%s: shows nothing while no school is set", async (table) => {
    await withClient(db.appUrl, async (client) => {
      const { rows } = await client.query(`select * from ${table}`);
      expect(rows).toEqual([]);
    });
  });

  it.each(writableTables)("%s: takes no row of another school", async (table) => {
    const [row] = await asSuperuser<{ row: unknown }>(
      db,
      `select to_jsonb(t) as row from ${table} t where school_id = $1 limit 1`,
      [db.neighbour.schoolId],
    );
    const insert = db.database.inSchool(db.schoolId, (tx) =>
      tx.query(nothing`
        insert into ${sql.identifier([table])}
        select * from jsonb_populate_record(null::${sql.identifier([table])}, ${JSON.stringify(row?.row)}::jsonb)`),
    );
    await expect(insert).rejects.toThrow(/row-level security/);
  });

  it.each(writableTables)(
    "%s: neither changes nor deletes another school's rows",
    async (table) => {
      const before = await snapshot(table);
      const name = sql.identifier([table]);
      const outcome = await db.database.inSchool(db.schoolId, async (tx) => {
        const foreign = sql.fragment`school_id = ${db.neighbour.schoolId}`;
        const updated = await tx.query(
          nothing`update ${name} set school_id = school_id where ${foreign}`,
        );
        const deleted = await tx.query(nothing`delete from ${name} where ${foreign}`);
        return [updated.rowCount, deleted.rowCount];
      });
      expect(outcome).toEqual([0, 0]);
      expect(await snapshot(table)).toEqual(before);
    },
  );

  const snapshot = (table: string) =>
    asSuperuser(db, `select to_jsonb(t) from ${table} t where school_id = $1 order by 1`, [
      db.neighbour.schoolId,
    ]);

  it("lets no row be moved to another school", async () => {
    const move = db.database.inSchool(db.schoolId, (tx) =>
      tx.query(nothing`update boards set school_id = ${db.neighbour.schoolId}`),
    );
    await expect(move).rejects.toThrow(/row-level security/);
  });

  it("lets nothing refer to another school's things", async () => {
    const refer = db.database.inSchool(db.schoolId, (tx) =>
      tx.query(nothing`
        insert into room_members (school_id, room_id, user_id, role) values
          (${db.schoolId}, ${db.rooms.biology.roomId}, ${db.neighbour.people.student.userId}, 'student')`),
    );
    await expect(refer).rejects.toThrow(/foreign key/i);
  });

  it.each(readOnlyTables)("%s: the app may not write it", async (table) => {
    const remove = db.database.inSchool(db.schoolId, (tx) =>
      tx.query(nothing`delete from ${sql.identifier([table])}`),
    );
    await expect(remove).rejects.toThrow(/permission denied/);
  });

  it("keeps the ledger of migrations from the app", async () => {
    const read = withClient(db.appUrl, (client) => client.query("select * from schema_migrations"));
    await expect(read).rejects.toThrow(/permission denied/);
  });

  it("lets the writer read nothing, by itself or as somebody else", async () => {
    await withClient(db.writerUrl, async (client) => {
      for (const table of schoolTables) {
        await expect(client.query(`select from ${table}`), table).rejects.toThrow(
          /permission denied/,
        );
      }
      await expect(client.query("set role darasa_batch")).rejects.toThrow(/permission denied/);
    });
  });

  it("lets nobody log in as the role that spans schools", async () => {
    const url = new URL(db.appUrl);
    url.username = "darasa_batch";
    await expect(withClient(url.href, () => Promise.resolve())).rejects.toThrow(
      /authentication failed|not permitted to log in/,
    );
  });

  it("keeps 300 mixed concurrent transactions apart on a few connections", async () => {
    const schools = [db.schoolId, db.neighbour.schoolId];
    const seen = await Promise.all(
      Array.from({ length: 300 }, async (_unused, index) => {
        const schoolId = schools[index % 2] ?? "";
        const found = await db.database
          .inSchool(schoolId, async (tx) => {
            const schoolsSeen = await tx.anyFirst(
              sql.type(z.object({ id: z.string() }))`select distinct school_id as id from users`,
            );
            if (index % 7 === 0) throw new Error("rolled back");
            return schoolsSeen;
          })
          .catch(() => [schoolId]);
        return found.length === 1 && found[0] === schoolId;
      }),
    );
    expect(seen).not.toContain(false);
  });

  it("has darasa_app neither own nor create anything", async () => {
    await withClient(db.appUrl, async (client) => {
      await expect(client.query("create table mine (id int)")).rejects.toThrow(pg.DatabaseError);
      await expect(client.query("alter table users disable row level security")).rejects.toThrow(
        /must be owner/,
      );
      await expect(client.query("set role darasa_owner")).rejects.toThrow(/permission denied/);
    });
  });
});

/** One row at least in every table of this school, by the ways that the programs have. */
async function fillEveryTable(
  db: TestDatabase,
  schoolId: string,
  own: { roomId: string; boardId: string; teacher: { userId: string; name: string } },
): Promise<void> {
  const { liveClassId } = await startTestClass(db.database, { schoolId, ...own });
  const senderId = own.teacher.userId;
  const writer = createWriter(db.writerUrl);
  await writer.appendChatMessages([
    {
      schoolId,
      roomId: own.roomId,
      liveClassId,
      senderId,
      senderName: own.teacher.name,
      senderRole: "teacher",
      clientId: "first",
      body: "Karibuni",
    },
  ]);
  await writer.appendBoardUpdates([{ schoolId, boardId: own.boardId, body: Uint8Array.of(1) }]);
  await writer.recordAttendance([
    {
      schoolId,
      liveClassId,
      participantId: senderId,
      sessionId: liveClassId,
      kind: "joined",
      atMs: Date.now(),
    },
  ]);
  await writer.close();
  await db.database.inSchool(schoolId, (tx) =>
    tx.query(nothing`
      with signed_in as (
        insert into sign_ins (school_id, user_id, expires_at)
        values (${schoolId}, ${senderId}, now() + interval '30 days') returning sign_in_id
      )
      insert into refresh_tokens (school_id, token_hash, sign_in_id)
      select ${schoolId}, sha256('token'), sign_in_id from signed_in`),
  );
}
