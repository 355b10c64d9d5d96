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
  "attendance_beats",
  "attendance_corrections",
  "attendance_events",
  "attendance_sums",
  "audit_events",
  "board_authors",
  "board_updates",
  "boards",
  "chat_messages",
  "email_links",
  "invitations",
  "live_class_participants",
  "live_classes",
  "mails",
  "pending_erasures",
  "pictures",
  "recording_parts",
  "recordings",
  "recovery_codes",
  "refresh_tokens",
  "room_members",
  "rooms",
  "schools",
  "sign_ins",
  "terms",
  "users",
  "webhook_events",
] as const;

const readOnlyTables: readonly string[] = [
  "attendance_beats",
  "attendance_events",
  "board_authors",
  "board_updates",
  "chat_messages",
  "schools",
];
/** What the app adds to and takes away from. */
const writableTables = schoolTables.filter((name) => !readOnlyTables.includes(name));
/** What it changes besides: the record of what was done says for ever what it said first. */
const unchangeableTables: readonly string[] = [
  "attendance_corrections",
  "attendance_sums",
  "audit_events",
  "recording_parts",
  "recordings",
  "webhook_events",
];
const changeableTables = writableTables.filter((name) => !unchangeableTables.includes(name));

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

  it.each([...writableTables, "attendance_events"])(
    "%s: takes no row of another school",
    async (table) => {
      const [row] = await asSuperuser<{ row: unknown }>(
        db,
        `select to_jsonb(t) as row from ${table} t where school_id = $1 limit 1`,
        [db.neighbour.schoolId],
      );
      const insert = db.database.inSchool(db.schoolId, (tx) =>
        tx.query(nothing`
        insert into ${sql.identifier([table])} overriding system value
        select * from jsonb_populate_record(null::${sql.identifier([table])}, ${JSON.stringify(row?.row)}::jsonb)`),
      );
      await expect(insert).rejects.toThrow(/row-level security/);
    },
  );

  it.each(changeableTables)("%s: does not change another school's rows", async (table) => {
    const before = await snapshot(table);
    const { rowCount } = await db.database.inSchool(db.schoolId, (tx) =>
      tx.query(nothing`
        update ${sql.identifier([table])} set school_id = school_id
        where school_id = ${db.neighbour.schoolId}`),
    );
    expect(rowCount).toBe(0);
    expect(await snapshot(table)).toEqual(before);
  });

  it.each(writableTables)("%s: does not delete another school's rows", async (table) => {
    const before = await snapshot(table);
    const { rowCount } = await db.database.inSchool(db.schoolId, (tx) =>
      tx.query(nothing`
        delete from ${sql.identifier([table])} where school_id = ${db.neighbour.schoolId}`),
    );
    expect(rowCount).toBe(0);
    expect(await snapshot(table)).toEqual(before);
  });

  it("does not let the record of what was done be changed", async () => {
    for (const change of [
      sql.fragment`actor_name = 'Nobody'`,
      sql.fragment`action = 'user.nothing'`,
      sql.fragment`details = '{}'`,
    ]) {
      const update = db.database.inSchool(db.schoolId, (tx) =>
        tx.query(nothing`update audit_events set ${change}`),
      );
      await expect(update).rejects.toThrow(/permission denied/);
    }
  });

  describe("a school", () => {
    const change = (change: ReturnType<typeof sql.fragment>) =>
      db.database.inSchool(db.schoolId, (tx) => tx.query(nothing`update schools set ${change}`));

    it("changes itself, and no other", async () => {
      const before = await snapshot("schools");
      const { rowCount } = await change(sql.fragment`name = 'Renamed', guest_policy = 'forbidden'`);
      expect(rowCount).toBe(1);
      expect(await snapshot("schools")).toEqual(before);
    });

    it.each([
      "max_users",
      "max_rooms",
      "max_boards_per_room",
      "max_guests_per_class",
      "suspended_at",
      "slug",
      "school_id",
      "created_at",
    ])("does not change its %s", async (column) => {
      const name = sql.identifier([column]);
      await expect(change(sql.fragment`${name} = ${name}`)).rejects.toThrow(/permission denied/);
    });

    it("is neither made nor removed as a row", async () => {
      const make = db.database.inSchool(db.schoolId, (tx) =>
        tx.query(nothing`insert into schools (slug, name) values ('third', 'Third')`),
      );
      await expect(make).rejects.toThrow(/permission denied/);
    });
  });

  it.each([
    "list_school_ids()",
    "create_school('fourth', 'Fourth')",
    "govern_school(gen_random_uuid(), 1, 1, 1, 1, true)",
  ])("lets nobody but the app call %s", async (call) => {
    const asWriter = withClient(db.writerUrl, (client) => client.query(`select ${call}`));
    await expect(asWriter).rejects.toThrow(/permission denied/);
    await withClient(db.appUrl, (client) => client.query(`select ${call}`));
    const [rights] = await asSuperuser<{ others: string }>(
      db,
      `select count(*)::int as others from pg_proc p, aclexplode(p.proacl) a
       where p.proname = $1 and a.privilege_type = 'EXECUTE'
         and a.grantee::regrole::text not in ('darasa_app', 'darasa_batch')`,
      [call.split("(")[0] ?? ""],
    );
    expect(rights?.others).toBe(0);
  });

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
  await writer.appendBoardUpdates([
    {
      schoolId,
      boardId: own.boardId,
      body: Uint8Array.of(1),
      authors: [],
      drawers: [{ clientId: 1, participantId: senderId }],
    },
  ]);
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
  await writer.recordAttendanceBeats([
    { schoolId, liveClassId, holderId: liveClassId, atMs: Date.now() },
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
  await fillTablesOfPeople(db, schoolId, senderId);
  await fillRegister(db, { schoolId, liveClassId, userId: senderId });
}

async function fillTablesOfPeople(
  db: TestDatabase,
  schoolId: string,
  userId: string,
): Promise<void> {
  const rows = [
    sql.fragment`pictures (school_id, media_type, body) values (${schoolId}, 'image/png', '\\x01')`,
    sql.fragment`recovery_codes (school_id, user_id, code_hash)
      values (${schoolId}, ${userId}, sha256('code'))`,
    sql.fragment`email_links (school_id, token_hash, user_id, purpose, email, expires_at)
      values (${schoolId}, sha256('link'), ${userId}, 'reset', 'a@b.example', now())`,
    sql.fragment`invitations (school_id, token_hash, role, expires_at)
      values (${schoolId}, sha256('door'), 'student', now())`,
    sql.fragment`mails (school_id, recipient, recipient_role, subject, body)
      values (${schoolId}, 'a@b.example', 'student', 'Karibu', 'Karibu')`,
    sql.fragment`audit_events (school_id, actor_name, action)
      values (${schoolId}, 'Amina', 'school.settingsChanged')`,
    sql.fragment`webhook_events (school_id, provider, event_id) values (${schoolId}, 'livekit', 'EV_1')`,
    sql.fragment`pending_erasures (school_id, participant_id, asked_at)
      values (${schoolId}, ${userId}, now())`,
  ];
  await db.database.inSchool(schoolId, async (tx) => {
    for (const row of rows) await tx.query(nothing`insert into ${row}`);
    await tx.query(nothing`
      with made as (
        insert into recordings (school_id, live_class_id, started_by)
        select ${schoolId}, live_class_id, ${userId} from live_classes limit 1 returning recording_id
      )
      insert into recording_parts (school_id, recording_id, part_no, storage)
      select ${schoolId}, recording_id, 1, 'disk' from made`);
  });
}

async function fillRegister(
  db: TestDatabase,
  own: { readonly schoolId: string; readonly liveClassId: string; readonly userId: string },
): Promise<void> {
  const { schoolId, liveClassId, userId } = own;
  const rows = [
    sql.fragment`attendance_corrections (school_id, live_class_id, participant_id, verdict, reason, corrected_by)
      values (${schoolId}, ${liveClassId}, ${userId}, 'excused', 'Was ill', ${userId})`,
    sql.fragment`attendance_sums (school_id, live_class_id, participant_ids, came_after_ms, present_ms)
      values (${schoolId}, ${liveClassId}, array[${userId}::uuid], '{0}', '{60000}')`,
    sql.fragment`terms (school_id, name, starts_on, ends_on)
      values (${schoolId}, 'Term 1', '2026-01-12', '2026-04-03')`,
  ];
  await db.database.inSchool(schoolId, async (tx) => {
    for (const row of rows) await tx.query(nothing`insert into ${row}`);
  });
}
