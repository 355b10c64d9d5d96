import { sql, type Database } from "@darasa/database";
import { limits, type ChatMessage, type ParticipantId, type SchoolId } from "@darasa/protocol";
import * as z from "zod";
import type { RoomHistory, SeqRange } from "../room/history.ts";
import type { Room } from "../room/room.ts";

/** UTF-8 bytes of the bodies of one page, so that no page alone makes a peer look slow (SPEC L4). */
export const maxPageBytes = 128 * 1024;

const messageSchema = z.object({
  seq: z.number(),
  messageId: z.string(),
  clientId: z.string(),
  senderId: z.string().transform((id) => id as ParticipantId),
  senderName: z.string(),
  body: z.string(),
  sentAtMs: z.number(),
  /** True or nothing, as it goes out. */
  erased: z
    .literal(true)
    .nullable()
    .transform((erased) => erased ?? undefined),
});

const headSchema = z.object({ roomId: z.string(), seq: z.number() });

/** What was said in rooms, from Postgres. */
export function createRoomHistory(database: Database): RoomHistory {
  return {
    loadRecent: (room, range) => loadRecent(database, room, range),
    loadPage: (room, range) => loadPage(database, room, range),
    loadHeads: (rooms) => loadHeads(database, rooms),
  };
}

const columns = sql.fragment`seq, message_id as "messageId", client_id as "clientId",
  sender_id as "senderId", sender_name as "senderName", body, sent_at as "sentAtMs",
  case when erased_at is not null then true end as erased`;

async function loadRecent(
  database: Database,
  { schoolId, roomId }: Room,
  { fromSeq, throughSeq }: SeqRange,
): Promise<ChatMessage[]> {
  const newestFirst = await database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(messageSchema)`
      select ${columns} from chat_messages
      where room_id = ${roomId} and seq between ${fromSeq} and ${throughSeq}
      order by seq desc limit ${limits.recentMessages}`),
  );
  return [...newestFirst].reverse();
}

/** A message belongs to the page when those before it have not filled it: always at least one does. */
async function loadPage(
  database: Database,
  { schoolId, roomId }: Room,
  { fromSeq, throughSeq }: SeqRange,
): Promise<ChatMessage[]> {
  const page = await database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(messageSchema)`
      select ${columns} from (
        select *, sum(octet_length(body)) over (order by seq) - octet_length(body) as bytes_before
        from chat_messages
        where room_id = ${roomId} and seq between ${fromSeq} and ${throughSeq}
        order by seq limit ${limits.replayPageSize}
      ) page
      where bytes_before < ${maxPageBytes}
      order by seq`),
  );
  return [...page];
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
