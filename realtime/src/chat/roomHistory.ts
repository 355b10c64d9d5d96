import { sql, type Database } from "@darasa/database";
import { limits, type ChatMessage, type ParticipantId, type SchoolId } from "@darasa/protocol";
import * as z from "zod";
import type { RoomHistory, SeqRange } from "../room/history.ts";
import type { Room } from "../room/room.ts";

/** UTF-8 bytes of the bodies of one page, so that no page alone makes a peer look slow (SPEC L4). */
const maxPageBytes = 128 * 1024;

const messageSchema = z.object({
  seq: z.number(),
  messageId: z.string(),
  clientId: z.string(),
  senderId: z.string().transform((id) => id as ParticipantId),
  senderName: z.string(),
  body: z.string(),
  sentAtMs: z.number(),
});

const headSchema = z.object({ roomId: z.string(), seq: z.number() });

/** What was said in rooms, from Postgres. */
export function createRoomHistory(database: Database): RoomHistory {
  return {
    async loadRecent(room, range) {
      const newestFirst = await select(database, room, {
        range,
        ending: sql.fragment`order by seq desc limit ${limits.recentMessages}`,
      });
      return [...newestFirst].reverse();
    },
    async loadPage(room, range) {
      const page = await select(database, room, {
        range,
        ending: sql.fragment`order by seq limit ${limits.replayPageSize}`,
      });
      return withinBytes(page);
    },
    loadHeads: (rooms) => loadHeads(database, rooms),
  };
}

interface Selection {
  readonly range: SeqRange;
  readonly ending: ReturnType<typeof sql.fragment>;
}

function select(
  database: Database,
  { schoolId, roomId }: Room,
  { range, ending }: Selection,
): Promise<readonly ChatMessage[]> {
  return database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(messageSchema)`
      select seq, message_id as "messageId", client_id as "clientId", sender_id as "senderId",
        sender_name as "senderName", body, sent_at as "sentAtMs"
      from chat_messages
      where room_id = ${roomId} and seq between ${range.fromSeq} and ${range.throughSeq}
      ${ending}`),
  );
}

/** As many from the front as fit into one page; always at least one. */
function withinBytes(messages: readonly ChatMessage[]): ChatMessage[] {
  let bytes = 0;
  const end = messages.findIndex((message, index) => {
    bytes += Buffer.byteLength(message.body);
    return index > 0 && bytes > maxPageBytes;
  });
  return messages.slice(0, end === -1 ? messages.length : end);
}

async function loadHeads(
  database: Database,
  rooms: readonly Room[],
): Promise<ReadonlyMap<Room, number>> {
  const heads = new Map<Room, number>();
  const bySchool = Map.groupBy(rooms, (room) => room.schoolId);
  for (const [schoolId, ofSchool] of bySchool) {
    const byId = new Map<string, Room>(ofSchool.map((room) => [room.roomId, room]));
    for (const { roomId, seq } of await loadHeadsOfSchool(database, schoolId, [...byId.keys()])) {
      const room = byId.get(roomId);
      if (room !== undefined) heads.set(room, seq);
    }
  }
  return heads;
}

function loadHeadsOfSchool(
  database: Database,
  schoolId: SchoolId,
  roomIds: readonly string[],
): Promise<readonly z.infer<typeof headSchema>[]> {
  return database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(headSchema)`
      select room_id as "roomId", last_seq as seq from rooms
      where room_id = any(${sql.array([...roomIds], "uuid")})`),
  );
}
