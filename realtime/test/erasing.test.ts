import { randomUUID } from "node:crypto";
import { notifyControl, sql } from "@darasa/database";
import type { SchoolId } from "@darasa/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemoryNodes, type MemoryNodes } from "../src/nodes/memoryNodeBus.ts";
import type { NodeId } from "../src/nodes/nodeBus.ts";
import { roomChannel } from "../src/publish/channelNames.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";

let buses: MemoryNodes;
let school: LocalSchool;
let teacher: TestClient;
let student: TestClient;
beforeEach(async () => {
  buses = createMemoryNodes();
  school = await startLocalSchool({ joinNodes: (nodeId) => buses.join(nodeId) });
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

test("[M6] what another node says late of somebody who is erased shows nothing of it any more", async () => {
  const { participantId, name } = school.students[0];
  const channel = roomChannel(school.teacher.schoolId as SchoolId, school.room);
  await erase(participantId);
  await teacher.next("messagesErased");
  const messageId = randomUUID();
  const late = { seq: 1, messageId, clientId: "secret", senderId: participantId, sentAtMs: 1 };
  const elsewhere = buses.join(randomUUID() as NodeId);
  elsewhere.say(channel, {
    kind: "messages",
    messages: [{ ...late, senderName: name, body: "what nobody shall read" }],
  });
  const erased = { senderName: "", body: "", erased: true };
  expect(await teacher.next("chatMessage")).toMatchObject({ seq: 1, messageId, ...erased });
  expect(JSON.stringify(teacher.chat())).not.toContain("secret");
});

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
