import { randomUUID } from "node:crypto";
import { asSuperuser } from "@darasa/database/testing";
import type { RoomId } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestPerson } from "./support/testSchool.ts";

let school: LocalSchool;
beforeAll(async () => {
  school = await startLocalSchool();
});
afterAll(() => school.stop());

const change = (statement: string, ...values: unknown[]) =>
  asSuperuser(school.database, statement, values);
const allow = (isAllowed: boolean) =>
  change("update schools set student_direct_messages = $1", isAllowed);

/** The direct room of two, as the API makes it. */
async function makePair(...pair: readonly [TestPerson, TestPerson]): Promise<RoomId> {
  const room = randomUUID() as RoomId;
  const { schoolId } = pair[0];
  const key = pair
    .map(({ participantId }) => participantId)
    .toSorted()
    .join(":");
  await change(
    "insert into rooms (school_id, room_id, kind, name, direct_key) values ($1, $2, 'direct', 'direct', $3)",
    schoolId,
    room,
    key,
  );
  for (const person of pair) await addMember(room, person);
  return room;
}

function addMember(room: RoomId, { schoolId, participantId }: TestPerson) {
  return change(
    "insert into room_members (school_id, room_id, user_id, role) values ($1, $2, $3, 'student')",
    schoolId,
    room,
    participantId,
  );
}

async function joinOf(person: TestPerson, room: RoomId): Promise<string> {
  const client = await school.connect(person);
  const answer = await client.ask({ type: "joinRoom", room, liveClass: null });
  client.close();
  return answer.ok ? "ok" : answer.error.code;
}

describe("[R8] a direct room", () => {
  test("of two students opens only where their school lets them, and closes their mouths when it does not", async () => {
    const [one, other] = school.students;
    const room = await makePair(one, other);
    await allow(false);
    expect(await joinOf(one, room)).toBe("forbidden");
    await allow(true);
    const [client, hearing] = [await school.connect(one), await school.connect(other)];
    for (const each of [client, hearing]) {
      await each.acked({ type: "joinRoom", room, liveClass: null });
    }
    await client.acked({ type: "sendMessage", room, body: "Habari" });
    await allow(false);
    expect(await client.refused({ type: "sendMessage", room, body: "Nzuri" })).toBe("forbidden");
    await allow(true);
    await client.acked({ type: "sendMessage", room, body: "last" });
    await hearing.next("chatMessage", ({ body }) => body === "last");
    expect(hearing.chat().map(({ body }) => body)).toEqual(["Habari", "last"]);
    await allow(false);
  });

  test("has its two members and nobody else: no admin, no third, no safeguarding", async () => {
    const [student, third] = school.students;
    const { admin, safeguarding } = school.database.people;
    const room = await makePair(student, school.teacher);
    await addMember(room, third);
    const account = (who: { userId: string; name: string }) => ({
      ...school.teacher,
      participantId: who.userId as TestPerson["participantId"],
      name: who.name,
    });
    expect(await joinOf(student, room)).toBe("ok");
    expect(await joinOf(school.teacher, room)).toBe("ok");
    for (const person of [third, account(admin), account(safeguarding), school.stranger]) {
      expect(await joinOf(person, room), person.name).toBe("not_found");
    }
  });
});
