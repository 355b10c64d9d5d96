import { randomUUID } from "node:crypto";
import { roomRole, schoolRoles, type ParticipantRole } from "@darasa/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChatRow } from "./appendChatMessages.ts";
import {
  createWriter,
  type BoardUpdateOutcome,
  type BoardUpdateRow,
  type Writer,
} from "./createWriter.ts";
import {
  asSuperuser,
  createTestDatabase,
  startTestClass,
  type TestClass,
  type TestDatabase,
} from "./testing/index.ts";
import { withClient } from "./withClient.ts";

let db: TestDatabase;
let writer: Writer;
let roomId: string;
let boardId: string;
let liveClass: TestClass;

beforeAll(async () => {
  db = await createTestDatabase();
  writer = createWriter(db.writerUrl);
});
afterAll(async () => {
  await writer.close();
  await db.drop();
});

/** A room of its own for each test, with the school's teachers and students, a board and a running class. */
beforeEach(async () => {
  await asSuperuser(
    db,
    `update users set deactivated_at = null,
       role = case when user_id = $1 then 'teacher' else role end`,
    [db.people.teacher.userId],
  );
  roomId = await makeRoom("class");
  await asSuperuser(
    db,
    `insert into room_members (school_id, room_id, user_id, role)
     select school_id, $2, user_id, role from users where school_id = $1 and role in ('teacher', 'student')`,
    [db.schoolId, roomId],
  );
  boardId = randomUUID();
  await asSuperuser(
    db,
    "insert into boards (school_id, board_id, room_id, title) values ($1, $2, $3, 'Board')",
    [db.schoolId, boardId, roomId],
  );
  liveClass = await startTestClass(db.database, {
    schoolId: db.schoolId,
    roomId,
    teacher: db.people.teacher,
    students: [db.people.baraka],
    guests: ["Wanjiru"],
  });
});

async function makeRoom(kind: string): Promise<string> {
  const id = randomUUID();
  await asSuperuser(
    db,
    "insert into rooms (school_id, room_id, kind, name) values ($1, $2, $3, 'A room')",
    [db.schoolId, id, kind],
  );
  return id;
}

function message(senderId: string, changes: Partial<ChatRow> = {}): ChatRow {
  return {
    schoolId: db.schoolId,
    roomId,
    liveClassId: liveClass.liveClassId,
    senderId,
    senderName: "Somebody",
    senderRole: "teacher",
    clientId: randomUUID(),
    body: "Habari",
    ...changes,
  };
}

async function outcomeOf(row: ChatRow): Promise<string | undefined> {
  const [answer] = await writer.appendChatMessages([row]);
  return answer?.outcome;
}

const change = (statement: string, ...values: unknown[]) => asSuperuser(db, statement, values);
const close = (userId: string) =>
  change("update users set deactivated_at = now() where user_id = $1", userId);

it("[D4] what an account is in a room is the same in the database and in the protocol", async () => {
  for (const roomKind of ["class", "group", "direct"] as const) {
    for (const schoolRole of schoolRoles) {
      for (const memberRole of ["teacher", "student", null] as const) {
        const [row] = await asSuperuser<{ role: string | null }>(
          db,
          "select room_role($1, $2, $3) as role",
          [roomKind, schoolRole, memberRole],
        );
        const place = { roomKind, schoolRole, memberRole };
        expect(row?.role, JSON.stringify(place)).toBe(roomRole(place));
      }
    }
  }
});

describe("[M7] a message is judged by what its sender is when it is written:", () => {
  it("takes those of members, of who runs the school, and of guests who were let in", async () => {
    const { baraka, teacher, admin } = db.people;
    for (const id of [baraka.userId, teacher.userId, admin.userId, liveClass.guestIds[0] ?? ""]) {
      expect(await outcomeOf(message(id)), id).toBe("stored");
    }
  });

  it("refuses who is no member, a closed account, and somebody who is nobody", async () => {
    const { safeguarding, baraka } = db.people;
    await close(baraka.userId);
    for (const id of [
      safeguarding.userId,
      baraka.userId,
      randomUUID(),
      db.neighbour.people.teacher.userId,
    ]) {
      expect(await outcomeOf(message(id)), id).toBe("not_found");
      expect(await outcomeOf(message(id, { liveClassId: null })), id).toBe("not_found");
    }
  });

  it("refuses whose membership was taken, and a substitute whose time is over", async () => {
    const { baraka, teacher } = db.people;
    await change(
      "delete from room_members where user_id = $1 and room_id = $2",
      baraka.userId,
      roomId,
    );
    await change("update room_members set until = now() where user_id = $1", teacher.userId);
    expect(await outcomeOf(message(baraka.userId))).toBe("not_found");
    expect(await outcomeOf(message(teacher.userId))).toBe("not_found");
    await change("update room_members set until = null where user_id = $1", teacher.userId);
  });

  it("refuses a guest who still waits, and one who was turned away", async () => {
    const [guest = ""] = liveClass.guestIds;
    await change(
      "update live_class_participants set admitted_at = null where participant_id = $1",
      guest,
    );
    expect(await outcomeOf(message(guest))).toBe("not_found");
    await change(
      "update live_class_participants set admitted_at = now(), removed_at = now() where participant_id = $1",
      guest,
    );
    expect(await outcomeOf(message(guest))).toBe("removed");
  });

  it("[M4] goes by what it knows of a role, not by what it is told", async () => {
    const { baraka, teacher } = db.people;
    await change("update live_classes set chat_locked = true where room_id = $1", roomId);
    expect(await outcomeOf(message(baraka.userId, { senderRole: "teacher" }))).toBe("chat_locked");
    expect(await outcomeOf(message(teacher.userId, { senderRole: "student" }))).toBe("stored");
    await change("update users set role = 'student' where user_id = $1", teacher.userId);
    expect(await outcomeOf(message(teacher.userId))).toBe("chat_locked");
  });
});

describe("[R8] in a direct room", () => {
  async function makePair(...ids: readonly string[]): Promise<string> {
    const id = await makeRoom("direct");
    await change(
      "update rooms set direct_key = $2 where room_id = $1",
      id,
      ids.toSorted().join(":"),
    );
    for (const userId of ids) {
      await change(
        "insert into room_members (school_id, room_id, user_id, role) values ($1, $2, $3, 'student')",
        db.schoolId,
        id,
        userId,
      );
    }
    return id;
  }
  const allow = (isAllowed: boolean) =>
    change("update schools set student_direct_messages = $1", isAllowed);
  const say = (senderId: string, room: string) =>
    outcomeOf(message(senderId, { roomId: room, liveClassId: null }));

  it("two students talk only where their school lets them, from the very moment", async () => {
    const { baraka, neema } = db.people;
    const room = await makePair(baraka.userId, neema.userId);
    expect(await say(baraka.userId, room)).toBe("forbidden");
    await allow(true);
    expect(await say(neema.userId, room)).toBe("stored");
    await allow(false);
    expect(await say(neema.userId, room)).toBe("forbidden");
  });

  it("a teacher and a student talk, and nobody else does, not even as a member", async () => {
    const { juma, teacher, admin, safeguarding } = db.people;
    const room = await makePair(juma.userId, teacher.userId);
    await change(
      "insert into room_members (school_id, room_id, user_id, role) values ($1, $2, $3, 'student')",
      db.schoolId,
      room,
      safeguarding.userId,
    );
    expect(await say(juma.userId, room)).toBe("stored");
    expect(await say(teacher.userId, room)).toBe("stored");
    expect(await say(admin.userId, room)).toBe("not_found");
    expect(await say(safeguarding.userId, room)).toBe("not_found");
  });
});

/** Runs `meanwhile` while a transaction that did `statement` is open; then that commits. */
async function beforeCommitOf<T>(
  statement: readonly [string, readonly unknown[]],
  meanwhile: () => Promise<T>,
): Promise<T> {
  return withClient(db.superuserUrl, async (client) => {
    await client.query("begin");
    await client.query(statement[0], [...statement[1]]);
    const running = meanwhile();
    await untilSomebodyWaits();
    await client.query("commit");
    return running;
  });
}

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const rows = await asSuperuser(
      db,
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
  }
}

describe("[T6] what is on its way when somebody loses their right is not stored once that has committed:", () => {
  const losses = {
    "a closed account":
      "update users set deactivated_at = now() where user_id = $1 and $2::uuid is not null",
    "a membership that was taken": "delete from room_members where user_id = $1 and room_id = $2",
  };

  it.each(Object.entries(losses))("a message, by %s", async (_, statement) => {
    const { userId } = db.people.baraka;
    const outcome = await beforeCommitOf([statement, [userId, roomId]], () =>
      outcomeOf(message(userId)),
    );
    expect(outcome).toBe("not_found");
  });

  it.each(Object.entries(losses))("an edit of a board, by %s", async (_, statement) => {
    const outcomes = await beforeCommitOf([statement, [db.people.baraka.userId, roomId]], () =>
      store(drawn("baraka")),
    );
    expect(outcomes).toEqual(["refused"]);
  });

  it("a message that waited for its room, too", async () => {
    const { userId } = db.people.baraka;
    const outcome = await withClient(db.superuserUrl, async (client) => {
      await client.query("begin");
      await client.query("select from rooms where room_id = $1 for update", [roomId]);
      const waiting = outcomeOf(message(userId));
      await untilSomebodyWaits();
      await close(userId);
      await client.query("commit");
      return waiting;
    });
    expect(outcome).toBe("not_found");
  });
});

describe("[B8] an edit of a board", () => {
  it("is refused with its author, and so is what was drawn on that board after it", async () => {
    await close(db.people.baraka.userId);
    const elsewhere = { ...drawn("neema"), boardId: db.rooms.mathematics.boardId };
    const outcomes = await store(drawn("neema"), drawn("baraka"), elsewhere, drawn("neema"));
    expect(outcomes).toEqual(["stored", "refused", "stored", "refused"]);
  });

  it("of several is refused for any of them", async () => {
    await close(db.people.baraka.userId);
    const both = {
      ...drawn("neema"),
      authors: [...drawn("neema").authors, ...drawn("baraka").authors],
    };
    expect(await store(both)).toEqual(["refused"]);
  });

  it("of a teacher is refused when they are none any more", async () => {
    expect(await store(drawn("teacher", "teacher"))).toEqual(["stored"]);
    await change("update users set role = 'student' where user_id = $1", db.people.teacher.userId);
    expect(await store(drawn("teacher", "teacher"))).toEqual(["refused"]);
    expect(await store(drawn("teacher", "student"))).toEqual(["stored"]);
  });

  it("of whom the teacher put out of the class is refused, of guests and members alike", async () => {
    const { liveClassId } = liveClass;
    for (const participantId of [db.people.baraka.userId, liveClass.guestIds[0] ?? ""]) {
      const row = {
        ...drawn("baraka"),
        authors: [{ participantId, role: "guest", liveClassId }] as const,
      };
      expect(await store(row)).toEqual(["stored"]);
      await change(
        "update live_class_participants set removed_at = now() where participant_id = $1",
        participantId,
      );
      expect(await store(row)).toEqual(["refused"]);
    }
  });

  it("of nobody in particular is stored: what the gateway made of what it had", async () => {
    expect(await store({ ...drawn("neema"), authors: [] })).toEqual(["stored"]);
  });
});

function drawn(
  person: "baraka" | "teacher" | "neema",
  role: ParticipantRole = "student",
): BoardUpdateRow {
  const author = { participantId: db.people[person].userId, role, liveClassId: null };
  return { schoolId: db.schoolId, boardId, body: Uint8Array.of(1), authors: [author] };
}

function store(...rows: BoardUpdateRow[]): Promise<BoardUpdateOutcome[]> {
  return writer.appendBoardUpdates(rows);
}
