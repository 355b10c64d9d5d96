import { notifyControl, sql } from "@darasa/database";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";

let school: LocalSchool;
let teacher: TestClient;
let student: TestClient;
beforeEach(async () => {
  school = await startLocalSchool();
  teacher = await school.enter(school.teacher);
  student = await school.enter(school.students[0]);
});
afterEach(() => school.stop());

/** As the API does when somebody is erased. */
async function erase(senderId: string): Promise<void> {
  const { schoolId } = school.teacher;
  await school.database.database.inSchool(schoolId, async (tx) => {
    await tx.query(sql.typeAlias("nothing")`select erase_messages_of(${senderId}, now(), 100)`);
    await notifyControl(tx, { kind: "messagesErased", schoolId, roomId: school.room, senderId });
  });
}

test("[M6] who is in the room is told whose messages are erased, and who comes later reads their places", async () => {
  const { participantId } = school.students[0];
  await student.acked({ type: "sendMessage", room: school.room, body: "what nobody shall read" });
  await teacher.acked({ type: "sendMessage", room: school.room, body: "what stays" });
  await erase(participantId);
  expect(await teacher.next("messagesErased")).toMatchObject({
    room: school.room,
    senderId: participantId,
  });
  const late = await school.connect(school.students[1]);
  const { recent } = await late.acked({ type: "joinRoom", room: school.room, liveClass: null });
  expect(recent).toMatchObject([
    { seq: 1, senderId: participantId, senderName: "", body: "", erased: true },
    { seq: 2, body: "what stays" },
  ]);
  expect(recent[1]).not.toHaveProperty("erased");
});
