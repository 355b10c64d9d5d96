import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChatRow } from "./appendChatMessages.ts";
import { createWriter, type Writer } from "./createWriter.ts";
import {
  asSuperuser,
  createTestDatabase,
  startStallingProxy,
  startTestClass,
  type TestClass,
  type TestDatabase,
} from "./testing/index.ts";
import { withClient } from "./withClient.ts";

let db: TestDatabase;
let writer: Writer;

beforeAll(async () => {
  db = await createTestDatabase();
  writer = createWriter(db.writerUrl);
});
afterAll(async () => {
  await writer.close();
  await db.drop();
});

/** A room of its own for each test, so that seq starts at 1; the school's teachers and students are its members. */
async function makeRoom(schoolId = db.schoolId, kind = "class"): Promise<string> {
  const roomId = randomUUID();
  await asSuperuser(
    db,
    "insert into rooms (school_id, room_id, kind, name) values ($1, $2, $3, 'A room')",
    [schoolId, roomId, kind],
  );
  await asSuperuser(
    db,
    `insert into room_members (school_id, room_id, user_id, role)
     select school_id, $2, user_id, role from users where school_id = $1 and role in ('teacher', 'student')`,
    [schoolId, roomId],
  );
  return roomId;
}

function messageTo(roomId: string, changes: Partial<ChatRow> = {}): ChatRow {
  return {
    schoolId: db.schoolId,
    roomId,
    liveClassId: null,
    senderId: db.people.baraka.userId,
    senderName: db.people.baraka.name,
    senderRole: "student",
    clientId: randomUUID(),
    body: "Habari",
    ...changes,
  };
}

const ofNeighbour = () => ({
  schoolId: db.neighbour.schoolId,
  senderId: db.neighbour.people.student.userId,
});

const messagesOf = (roomId: string) =>
  asSuperuser<{ seq: string; client_id: string; body: string }>(
    db,
    "select seq, client_id, body from chat_messages where room_id = $1 order by seq",
    [roomId],
  );

const seqsOf = async (roomId: string) => (await messagesOf(roomId)).map(({ seq }) => Number(seq));

const upTo = (count: number) => Array.from({ length: count }, (_unused, index) => index + 1);

describe("appendChatMessages", () => {
  it("[R1] numbers a room's messages from 1 without a gap, over batches, and says what it stored", async () => {
    const roomId = await makeRoom();
    const first = await writer.appendChatMessages([messageTo(roomId), messageTo(roomId)]);
    const second = await writer.appendChatMessages([messageTo(roomId, { body: "Ya tatu" })]);
    expect([...first, ...second]).toMatchObject([
      { outcome: "stored", seq: 1 },
      { outcome: "stored", seq: 2 },
      { outcome: "stored", seq: 3 },
    ]);
    const [stored] = second;
    expect(stored).toMatchObject({ messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
    expect(stored?.outcome === "stored" && Date.now() - stored.sentAtMs).toBeLessThan(5_000);
    expect((await messagesOf(roomId))[2]).toMatchObject({ seq: "3", body: "Ya tatu" });
  });

  it("[R1] answers in the order of the rows, whatever rooms and schools they are of", async () => {
    const [a, b, c] = [await makeRoom(), await makeRoom(), await makeRoom(db.neighbour.schoolId)];
    const outcomes = await writer.appendChatMessages([
      messageTo(b),
      messageTo(a),
      messageTo(c, ofNeighbour()),
      messageTo(b),
      messageTo(a),
    ]);
    expect(outcomes.map((each) => each.outcome === "stored" && each.seq)).toEqual([1, 1, 1, 2, 2]);
  });

  it("waits for a lock as long as a commit takes, and stores nothing then; what goes around it is stored", async () => {
    const [held, free] = [await makeRoom(), await makeRoom(db.neighbour.schoolId)];
    const rows = [messageTo(held), messageTo(free, ofNeighbour()), messageTo(held)];
    const holder = new pg.Client({ connectionString: db.superuserUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query("select from rooms where room_id = $1 for update", [held]);
    await expect(writer.appendChatMessages(rows)).rejects.toMatchObject({ code: "busy" });
    expect(await seqsOf(free)).toEqual([]);
    const around = await writer.appendFreeChatMessages(rows);
    expect(around).toMatchObject([{ outcome: "held" }, { seq: 1 }, { outcome: "held" }]);
    await holder.end();
    const after = await writer.appendFreeChatMessages(rows);
    expect(after).toMatchObject([{ seq: 1 }, { seq: 1 }, { seq: 2 }]);
    expect(await seqsOf(held)).toEqual([1, 2]);
  });

  it.each([
    ["accounts", "select from users where user_id = $1 for update"],
    ["memberships", "select from room_members where user_id = $1 for update"],
  ])(
    "goes around rooms of whose senders somebody holds the %s, whole",
    async (_what, statement) => {
      const [held, free] = [await makeRoom(), await makeRoom()];
      const { userId } = db.people.juma;
      const byJuma = { senderId: userId };
      const rows = [messageTo(held), messageTo(held, byJuma), messageTo(free), messageTo(held)];
      await asSuperuser(
        db,
        "insert into room_members (school_id, room_id, user_id, role) values ($1, $2, $3, 'student') on conflict do nothing",
        [db.schoolId, held, userId],
      );
      const holder = new pg.Client({ connectionString: db.superuserUrl });
      await holder.connect();
      await holder.query("begin");
      await holder.query(statement, [userId]);
      const outcomes = await writer.appendFreeChatMessages(rows);
      await holder.end();
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(["held", "held", "stored", "held"]);
    },
  );

  it("takes an empty batch", async () => {
    await expect(writer.appendChatMessages([])).resolves.toEqual([]);
  });

  it("[M2] gives a resend the first one's seq, id and time, and stores nothing", async () => {
    const roomId = await makeRoom();
    const message = messageTo(roomId);
    const first = await writer.appendChatMessages([message]);
    await writer.appendChatMessages([messageTo(roomId)]);
    const again = await writer.appendChatMessages([{ ...message, body: "Another text" }]);
    expect(again).toEqual(first);
    expect(await seqsOf(roomId)).toEqual([1, 2]);
    expect((await messagesOf(roomId))[0]?.body).toBe(message.body);
  });

  it("[M2] stores a message that is twice in one batch once, and gives both the same answer", async () => {
    const roomId = await makeRoom();
    const message = messageTo(roomId);
    const outcomes = await writer.appendChatMessages([message, messageTo(roomId), message]);
    expect(outcomes.map((each) => each.outcome === "stored" && each.seq)).toEqual([1, 2, 1]);
    expect(outcomes[2]).toEqual(outcomes[0]);
    expect(await seqsOf(roomId)).toEqual([1, 2]);
  });

  it("[M2] does not take the same client id of another sender or room for a resend", async () => {
    const [a, b] = [await makeRoom(), await makeRoom()];
    const message = messageTo(a);
    const outcomes = await writer.appendChatMessages([
      message,
      { ...message, roomId: b },
      { ...message, senderId: db.people.neema.userId },
    ]);
    expect(outcomes.map((each) => each.outcome === "stored" && each.seq)).toEqual([1, 1, 2]);
  });

  it("refuses a room of another school, in either direction, and stores the rest of the batch", async () => {
    const own = await makeRoom();
    const foreign = await makeRoom(db.neighbour.schoolId);
    const outcomes = await writer.appendChatMessages([
      messageTo(foreign),
      messageTo(own),
      messageTo(own, { schoolId: db.neighbour.schoolId }),
      messageTo(randomUUID()),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      "not_found",
      "stored",
      "not_found",
      "not_found",
    ]);
    expect(await seqsOf(foreign)).toEqual([]);
  });

  describe("in a live class", () => {
    let roomId: string;
    let liveClass: TestClass;

    beforeEach(async () => {
      roomId = await makeRoom();
      liveClass = await startTestClass(db.database, {
        schoolId: db.schoolId,
        roomId,
        teacher: db.people.teacher,
        students: [db.people.baraka],
        guests: ["Wanjiru"],
      });
    });

    const inClass = (changes: Partial<ChatRow> = {}) =>
      messageTo(roomId, { liveClassId: liveClass.liveClassId, ...changes });
    const asTeacher = (): Partial<ChatRow> => ({
      senderId: db.people.teacher.userId,
      senderRole: "teacher",
    });
    const change = (assignment: string) =>
      asSuperuser(db, `update live_classes set ${assignment} where live_class_id = $1`, [
        liveClass.liveClassId,
      ]);

    it("stores what students and guests write", async () => {
      const guest = { senderId: liveClass.guestIds[0] ?? "", senderRole: "guest" } as const;
      const outcomes = await writer.appendChatMessages([inClass(), inClass(guest)]);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(["stored", "stored"]);
    });

    it("refuses all but teachers while the chat is locked", async () => {
      await change("chat_locked = true");
      const outcomes = await writer.appendChatMessages([
        inClass(),
        inClass(asTeacher()),
        inClass({ senderId: liveClass.guestIds[0] ?? "", senderRole: "teacher" }),
      ]);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual([
        "chat_locked",
        "stored",
        "chat_locked",
      ]);
      expect(await seqsOf(roomId)).toEqual([1]);
    });

    it("still answers a resend of what was stored before the lock", async () => {
      const message = inClass();
      const [stored] = await writer.appendChatMessages([message]);
      await change("chat_locked = true");
      await expect(writer.appendChatMessages([message])).resolves.toEqual([stored]);
    });

    it("refuses everybody once the class has ended", async () => {
      await change("status = 'ended', ended_at = now(), end_reason = 'teacher'");
      const outcomes = await writer.appendChatMessages([inClass(), inClass(asTeacher())]);
      expect(outcomes).toEqual([{ outcome: "class_ended" }, { outcome: "class_ended" }]);
    });

    it("refuses whom the teacher removed, and nobody else", async () => {
      await asSuperuser(
        db,
        "update live_class_participants set removed_at = now() where live_class_id = $1 and participant_id = $2",
        [liveClass.liveClassId, db.people.baraka.userId],
      );
      const outcomes = await writer.appendChatMessages([inClass(), inClass(asTeacher())]);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(["removed", "stored"]);
    });

    it("refuses a live class of another room", async () => {
      const outcomes = await writer.appendChatMessages([
        messageTo(await makeRoom(), { liveClassId: liveClass.liveClassId }),
      ]);
      expect(outcomes).toEqual([{ outcome: "not_found" }]);
    });

    it("never calls a message stored because a refused twin of it came first", async () => {
      await change("chat_locked = true");
      const refused = inClass();
      const outcomes = await writer.appendChatMessages([
        refused,
        { ...refused, liveClassId: null },
      ]);
      expect(outcomes).toMatchObject([{ outcome: "chat_locked" }, { outcome: "stored", seq: 1 }]);
      expect(await seqsOf(roomId)).toEqual([1]);
    });
  });

  it("stores 8,192 bytes, and refuses one byte more without failing the batch", async () => {
    const roomId = await makeRoom();
    const outcomes = await writer.appendChatMessages([
      messageTo(roomId, { body: "é".repeat(4_096) }),
      messageTo(roomId, { body: `${"é".repeat(4_096)}x` }),
      messageTo(roomId),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["stored", "invalid", "stored"]);
  });

  it("refuses what Postgres cannot store as a row, never as a batch", async () => {
    const roomId = await makeRoom();
    const outcomes = await writer.appendChatMessages([
      messageTo(roomId, { body: "a\0b" }),
      messageTo("not-an-id"),
      messageTo(roomId, { clientId: "" }),
      messageTo(roomId, { clientId: "c".repeat(65) }),
      messageTo(roomId, { senderName: "" }),
      messageTo(roomId, { body: "\ud800 alone" }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 5 }, () => "invalid"),
      "stored",
    ]);
  });

  it("stores text as it is, whatever it looks like", async () => {
    const roomId = await makeRoom();
    const bodies = ["{1,2}", '"quoted" \\ back', "NULL", "'; drop table users; --", "👩🏾‍🏫 \n\t", "ﷺ"];
    await writer.appendChatMessages(bodies.map((body) => messageTo(roomId, { body })));
    expect((await messagesOf(roomId)).map(({ body }) => body)).toEqual(bodies);
  });

  it("[R1] stays gap-free while two writers fill the same room", async () => {
    const roomId = await makeRoom();
    const other = createWriter(db.writerUrl);
    const batches = Array.from({ length: 30 }, (_unused, index) =>
      (index % 2 === 0 ? writer : other).appendChatMessages(
        Array.from({ length: 20 }, () => messageTo(roomId)),
      ),
    );
    const outcomes = (await Promise.all(batches)).flat();
    await other.close();
    const seqs = outcomes.map((each) => (each.outcome === "stored" ? each.seq : 0));
    expect(seqs.sort((a, b) => a - b)).toEqual(upTo(600));
    expect(await seqsOf(roomId)).toEqual(upTo(600));
  });

  it("[R1] neither deadlocks nor mixes up rooms that two writers name in opposite orders", async () => {
    const rooms = await Promise.all(Array.from({ length: 12 }, () => makeRoom()));
    const other = createWriter(db.writerUrl);
    await Promise.all(
      Array.from({ length: 40 }, (_unused, index) => {
        const order = index % 2 === 0 ? rooms : rooms.toReversed();
        return (index % 2 === 0 ? writer : other).appendChatMessages(
          order.map((roomId) => messageTo(roomId)),
        );
      }),
    );
    await other.close();
    for (const roomId of rooms) expect(await seqsOf(roomId)).toEqual(upTo(40));
  });

  it("[M2] stores a message once that two writers are given at the same time", async () => {
    const roomId = await makeRoom();
    const other = createWriter(db.writerUrl);
    const messages = Array.from({ length: 50 }, () => messageTo(roomId));
    const [ours, theirs] = await Promise.all([
      writer.appendChatMessages(messages),
      other.appendChatMessages(messages.toReversed()),
    ]);
    await other.close();
    expect(theirs.toReversed()).toEqual(ours);
    expect(await seqsOf(roomId)).toEqual(upTo(50));
  });

  it("[P8] says unavailable within 3 s when Postgres goes silent, and works again after", async () => {
    const proxy = await startStallingProxy(db.writerUrl);
    const far = createWriter(proxy.url);
    const roomId = await makeRoom();
    const message = messageTo(roomId);
    await far.appendChatMessages([messageTo(roomId)]);
    proxy.freeze();
    const startedAtMs = Date.now();
    await expect(far.appendChatMessages([message])).rejects.toMatchObject({ code: "unavailable" });
    await expect(far.appendChatMessages([message])).rejects.toMatchObject({ code: "unavailable" });
    expect(Date.now() - startedAtMs).toBeLessThan(2 * 3_000 + 3_000);
    proxy.thaw();
    await expect(far.appendChatMessages([message])).resolves.toMatchObject([{ seq: 2 }]);
    await far.close();
    await proxy.close();
  });

  it("[P8] says unavailable when it is cut off in the middle, and a resend is safe", async () => {
    const proxy = await startStallingProxy(db.writerUrl);
    const far = createWriter(proxy.url);
    const roomId = await makeRoom();
    const message = messageTo(roomId);
    await far.appendChatMessages([messageTo(roomId)]);
    await withClient(db.superuserUrl, async (holder) => {
      await holder.query("begin");
      await holder.query("select from rooms where room_id = $1 for update", [roomId]);
      // Whether it waits still or has given up does not get back to who asked.
      proxy.slow(10_000);
      const { rows } = await holder.query<{ at: Date }>("select clock_timestamp() as at");
      const pending = expect(far.appendChatMessages([message])).rejects.toMatchObject({
        code: "unavailable",
      });
      await expect.poll(() => appendsSince(rows[0]?.at)).toBe(1);
      proxy.cut();
      await pending;
      await holder.query("commit");
    });
    proxy.slow(0);
    await expect(far.appendChatMessages([message])).resolves.toMatchObject([{ seq: 2 }]);
    expect(await seqsOf(roomId)).toEqual([1, 2]);
    await far.close();
    await proxy.close();
  });

  /** Connections whose latest statement is an append that began after that. */
  async function appendsSince(at: Date | undefined): Promise<number> {
    const [row] = await asSuperuser<{ count: string }>(
      db,
      `select count(*) from pg_stat_activity where datname = current_database()
         and query like '%append_chat_messages%' and query not like '%pg_stat_activity%' and query_start > $1`,
      [at],
    );
    return Number(row?.count);
  }

  it("[P8] says unavailable when only the answer is lost, and a resend is safe", async () => {
    const proxy = await startStallingProxy(db.writerUrl);
    const far = createWriter(proxy.url);
    const roomId = await makeRoom();
    const message = messageTo(roomId);
    await far.appendChatMessages([messageTo(roomId)]);
    // It is stored, and the answer does not come.
    proxy.slow(10_000);
    const pending = expect(far.appendChatMessages([message])).rejects.toMatchObject({
      code: "unavailable",
    });
    await expect.poll(() => seqsOf(roomId)).toEqual([1, 2]);
    proxy.cut();
    await pending;
    proxy.slow(0);
    await expect(far.appendChatMessages([message])).resolves.toMatchObject([{ seq: 2 }]);
    expect(await seqsOf(roomId)).toEqual([1, 2]);
    await far.close();
    await proxy.close();
  });
});

describe("appendBoardUpdates", () => {
  it("stores updates byte by byte, in order, and says which board does not exist", async () => {
    const { boardId } = db.rooms.biology;
    const bytes = Uint8Array.from({ length: 256 }, (_unused, index) => index);
    const outcomes = await writer.appendBoardUpdates([
      { schoolId: db.schoolId, boardId, body: bytes, authors: [] },
      { schoolId: db.schoolId, boardId: randomUUID(), body: bytes, authors: [] },
      { schoolId: db.schoolId, boardId, body: bytes.subarray(5, 7), authors: [] },
    ]);
    expect(outcomes).toEqual(["stored", "not_found", "stored"]);
    const rows = await asSuperuser<{ body: Buffer }>(
      db,
      "select body from board_updates where board_id = $1 order by update_id",
      [boardId],
    );
    expect(rows.map(({ body }) => [...body])).toEqual([[...bytes], [5, 6]]);
  });

  it("does not find another school's board", async () => {
    const { boardId } = db.neighbour.rooms.history;
    const body = Uint8Array.of(1);
    await expect(
      writer.appendBoardUpdates([{ schoolId: db.schoolId, boardId, body, authors: [] }]),
    ).resolves.toEqual(["not_found"]);
  });

  it("waits for an author's account as long as a commit takes, and stores nothing then", async () => {
    const { userId } = db.people.neema;
    const { boardId } = db.rooms.biology;
    const authors = [{ participantId: userId, role: "student", liveClassId: null }] as const;
    const row = { schoolId: db.schoolId, boardId, body: Uint8Array.of(1), authors };
    const holder = new pg.Client({ connectionString: db.superuserUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query("select from users where user_id = $1 for update", [userId]);
    await expect(writer.appendBoardUpdates([row])).rejects.toMatchObject({ code: "busy" });
    await holder.end();
    expect(await writer.appendBoardUpdates([row])).toHaveLength(1);
  });

  it("takes an empty batch", async () => {
    await expect(writer.appendBoardUpdates([])).resolves.toEqual([]);
  });
});

describe("replaceBoardUpdates", () => {
  const erased = randomUUID();
  const bytesOf = async (boardId: string) => {
    const rows = await asSuperuser<{ id: string; body: Buffer }>(
      db,
      "select update_id as id, body from board_updates where board_id = $1 order by update_id",
      [boardId],
    );
    return rows.map(({ id, body }) => ({ id: Number(id), bytes: [...body] }));
  };
  const ownersOf = (boardId: string) =>
    asSuperuser<{ client: string; owner: string }>(
      db,
      `select client_id as client, participant_id as owner from board_authors
       where board_id = $1 order by client_id`,
      [boardId],
    );

  it("[C6] puts one update in the place of what was read, once, and only for who is being erased", async () => {
    const { boardId } = db.rooms.mathematics;
    const own = { schoolId: db.schoolId, boardId, authors: [] };
    const other = randomUUID();
    await writer.appendBoardUpdates([
      { ...own, body: Uint8Array.of(1), drawers: [{ clientId: 7, participantId: erased }] },
      {
        ...own,
        body: Uint8Array.of(2),
        // The first who brought a client owns it.
        drawers: [
          { clientId: 7, participantId: other },
          { clientId: 2 ** 32 - 1, participantId: other },
        ],
      },
      {
        ...own,
        boardId: randomUUID(),
        body: Uint8Array.of(3),
        drawers: [{ clientId: 8, participantId: erased }],
      },
    ]);
    const owners = [
      { client: "7", owner: erased },
      { client: "4294967295", owner: other },
    ];
    expect(await ownersOf(boardId)).toEqual(owners);
    const read = await bytesOf(boardId);
    expect(read.map(({ bytes }) => bytes)).toEqual([[1], [2]]);
    await writer.appendBoardUpdates([{ ...own, body: Uint8Array.of(4) }]);
    const replacement = {
      schoolId: db.schoolId,
      boardId,
      participantId: erased,
      clientIds: [7],
      updateIds: read.map(({ id }) => id),
      body: Uint8Array.of(9),
    };
    expect(await writer.replaceBoardUpdates(replacement)).toBe(false);
    await asSuperuser(
      db,
      "insert into pending_erasures (school_id, participant_id, asked_at) values ($1, $2, now())",
      [db.schoolId, erased],
    );
    const strange = { ...replacement, schoolId: db.neighbour.schoolId };
    expect(await writer.replaceBoardUpdates(strange)).toBe(false);
    expect(await writer.replaceBoardUpdates(replacement)).toBe(true);
    expect((await bytesOf(boardId)).map(({ bytes }) => bytes)).toEqual([[4], [9]]);
    expect(await ownersOf(boardId)).toEqual(owners.slice(1));
    expect(await writer.replaceBoardUpdates(replacement)).toBe(false);
    expect(await bytesOf(boardId)).toHaveLength(2);
  });
});

it("the writer tells what time it is in Postgres, beside whatever it records, too", async () => {
  for (const tell of [
    () => writer.readTime(),
    () => writer.recordAttendance([]),
    () => writer.recordAttendanceBeats([]),
  ]) {
    const askedAtMs = Date.now();
    const toldMs = await tell();
    expect(toldMs).toBeGreaterThanOrEqual(askedAtMs - 1);
    expect(toldMs).toBeLessThanOrEqual(Date.now() + 1);
  }
});

describe("recordAttendance", () => {
  let liveClass: TestClass;
  const sessionId = randomUUID();

  beforeEach(async () => {
    liveClass = await startTestClass(db.database, {
      schoolId: db.schoolId,
      roomId: await makeRoom(),
      teacher: db.people.teacher,
      students: [db.people.neema],
    });
  });

  const seen = (participantId: string, atMs: number, liveClassId = liveClass.liveClassId) => ({
    schoolId: db.schoolId,
    liveClassId,
    participantId,
    sessionId,
    kind: "seen" as const,
    atMs,
  });
  const eventsOf = (liveClassId: string) =>
    asSuperuser<{ participant_id: string; at: Date }>(
      db,
      "select participant_id, at from attendance_events where live_class_id = $1 order by at",
      [liveClassId],
    );
  const teacherSeenAt = async () => {
    const [row] = await asSuperuser<{ teacher_seen_at: Date }>(
      db,
      "select teacher_seen_at from live_classes where live_class_id = $1",
      [liveClass.liveClassId],
    );
    return row?.teacher_seen_at.getTime();
  };

  it("stores an event once, however often it is told and in however many batches", async () => {
    const event = seen(db.people.neema.userId, Date.now());
    await writer.recordAttendance([event, event]);
    await writer.recordAttendance([event]);
    const events = await eventsOf(liveClass.liveClassId);
    expect(events.map(({ at }) => at.getTime())).toEqual([event.atMs]);
  });

  it("leaves out people who were never admitted, and other schools' classes", async () => {
    const foreign = await startTestClass(db.database, {
      schoolId: db.neighbour.schoolId,
      roomId: await makeRoom(db.neighbour.schoolId),
      teacher: db.neighbour.people.teacher,
    });
    await writer.recordAttendance([
      seen(db.people.juma.userId, Date.now()),
      seen(db.neighbour.people.teacher.userId, Date.now(), foreign.liveClassId),
      seen(db.people.neema.userId, Date.now()),
    ]);
    const events = await eventsOf(liveClass.liveClassId);
    expect(events.map((event) => event.participant_id)).toEqual([db.people.neema.userId]);
    expect(await eventsOf(foreign.liveClassId)).toEqual([]);
  });

  it("keeps the class alive by its teacher's presence, not by a student's, and never backwards", async () => {
    const before = await teacherSeenAt();
    await writer.recordAttendance([seen(db.people.neema.userId, Date.now())]);
    expect(await teacherSeenAt()).toBe(before);
    await writer.recordAttendance([seen(db.people.teacher.userId, Date.now())]);
    const after = await teacherSeenAt();
    expect(after).toBeGreaterThan(before ?? NaN);
    await asSuperuser(
      db,
      "update live_classes set teacher_seen_at = now() + interval '1 hour' where live_class_id = $1",
      [liveClass.liveClassId],
    );
    const ahead = await teacherSeenAt();
    await writer.recordAttendance([seen(db.people.teacher.userId, Date.now() + 1)]);
    expect(await teacherSeenAt()).toBe(ahead);
  });

  it.each([-20, 20])(
    "takes the database's word for when that was: the gateway's clock is %i minutes off",
    async (minutes) => {
      await asSuperuser(
        db,
        "update live_classes set teacher_seen_at = now() - interval '9 minutes' where live_class_id = $1",
        [liveClass.liveClassId],
      );
      const wrongMs = Date.now() + minutes * 60_000;
      await writer.recordAttendance([seen(db.people.teacher.userId, wrongMs)]);
      expect(Math.abs(Date.now() - ((await teacherSeenAt()) ?? NaN))).toBeLessThan(10_000);
    },
  );

  it("keeps the newest beat of each holder, and leaves out classes that are gone", async () => {
    const [holderId, other] = [randomUUID(), randomUUID()];
    const beat = (atMs: number, its = holderId, liveClassId = liveClass.liveClassId) => ({
      schoolId: db.schoolId,
      liveClassId,
      holderId: its,
      atMs,
    });
    await writer.recordAttendanceBeats([
      beat(2_000),
      beat(3_000),
      beat(1_000, other),
      beat(1_000, other, randomUUID()),
    ]);
    await writer.recordAttendanceBeats([beat(1_000), beat(1_500, other)]);
    const rows = await asSuperuser<{ holder_id: string; at: Date }>(
      db,
      "select holder_id, at from attendance_beats where holder_id = any($1) order by at",
      [[holderId, other]],
    );
    expect(rows.map(({ holder_id, at }) => [holder_id, at.getTime()])).toEqual([
      [other, 1_500],
      [holderId, 3_000],
    ]);
  });

  it("takes rows of gateways of before, which name no holder", async () => {
    const { schoolId, people } = db;
    await withClient(db.writerUrl, async (client) => {
      await client.query("select record_attendance($1, $2, $3, $4, $5, $6)", [
        [schoolId],
        [liveClass.liveClassId],
        [people.neema.userId],
        [sessionId],
        ["seen"],
        [new Date()],
      ]);
    });
    expect(await eventsOf(liveClass.liveClassId)).toHaveLength(1);
  });

  it("locks the classes in one order, whatever the order of the events", async () => {
    const { schoolId, people } = db;
    const { teacher } = people;
    const classes = [liveClass];
    for (let made = 0; made < 7; made += 1) {
      const plan = { schoolId, roomId: await makeRoom(), teacher };
      classes.push(await startTestClass(db.database, plan));
    }
    const ids = classes.map(({ liveClassId }) => liveClassId).sort();
    const [first = "", ...others] = ids;
    await withClient(db.superuserUrl, async (holder) => {
      await holder.query("begin");
      await holder.query("select from live_classes where live_class_id = $1 for no key update", [
        first,
      ]);
      const recorded = writer.recordAttendance(
        ids.toReversed().map((id) => seen(teacher.userId, Date.now(), id)),
      );
      await expect
        .poll(() => asSuperuser(db, "select from pg_locks where not granted"))
        .not.toEqual([]);
      // It waits for the first and has taken none of the others.
      await asSuperuser(
        db,
        "select from live_classes where live_class_id = any($1) for no key update nowait",
        [others],
      );
      await holder.query("commit");
      await recorded;
    });
    expect(await eventsOf(first)).toHaveLength(1);
  });
});
