import { randomUUID } from "node:crypto";
import { createWriter } from "@darasa/database";
import type { TestSchool } from "./testSchool.ts";

/** Stores `count` messages of a student in the school's room, as another gateway would; resolves with the last `seq`. */
export async function fillRoom(school: TestSchool, count: number): Promise<number> {
  const writer = createWriter(school.database.writerUrl);
  const [sender] = school.students;
  if (!sender) throw new Error("the school has no student");
  const rows = Array.from({ length: count }, (_, index) => ({
    schoolId: sender.schoolId,
    roomId: school.room,
    liveClassId: school.liveClass.liveClassId,
    senderId: sender.participantId,
    senderName: sender.name,
    senderRole: "student" as const,
    clientId: randomUUID(),
    body: `filler ${String(index)}`,
  }));
  const outcomes = await writer.appendChatMessages(rows);
  await writer.close();
  const last = outcomes.at(-1);
  if (last?.outcome !== "stored") throw new Error("the room was not filled");
  return last.seq;
}
