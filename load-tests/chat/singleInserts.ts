import { randomUUID } from "node:crypto";
import { createWriter, type ChatRow } from "@darasa/database";
import type { LoadSchool } from "../school/fillSchool.ts";

/** As many as a gateway without group commit would have. */
const connections = 16;

/**
 * Messages a second when each is stored by itself: so many at a time of each room, and no gateway in the way. It is
 * what group commit is compared with, and more than a gateway that stores in this way would come to.
 */
export async function measureSingleInserts(
  writerUrl: string,
  school: LoadSchool,
  { perRoom, seconds }: { readonly perRoom: number; readonly seconds: number },
): Promise<number> {
  const writer = createWriter(writerUrl, { maxConnections: connections });
  const endMs = performance.now() + seconds * 1_000;
  let stored = 0;
  const speak = async (room: LoadSchool["rooms"][number], place: number): Promise<void> => {
    for (let turn = place; performance.now() < endMs; turn += 1) {
      // Who waits for a connection for seconds is told so, and is not counted.
      const outcomes = await writer.appendChatMessages([rowOf(room, turn)]).catch(() => []);
      stored += outcomes.filter(({ outcome }) => outcome === "stored").length;
    }
  };
  try {
    const places = Array.from({ length: perRoom }, (_unused, place) => place);
    await Promise.all(school.rooms.flatMap((room) => places.map((place) => speak(room, place))));
    return stored / seconds;
  } finally {
    await writer.close();
  }
}

function rowOf(
  { roomId, liveClassId, members }: LoadSchool["rooms"][number],
  turn: number,
): ChatRow {
  const sender = members[turn % members.length];
  if (sender === undefined) throw new RangeError("The room has no members");
  return {
    schoolId: sender.schoolId,
    roomId,
    liveClassId,
    senderId: sender.participantId,
    senderName: sender.name,
    senderRole: "student",
    clientId: randomUUID(),
    body: "A line of a lesson as people write them, of some length.",
  };
}
