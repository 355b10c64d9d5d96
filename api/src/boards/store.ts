import { sql, type SchoolTransaction } from "@darasa/database";
import type { BoardId, RoomId } from "@darasa/protocol";
import * as z from "zod";

const boardRowSchema = z.object({ id: z.string(), title: z.string(), createdAtMs: z.number() });

/** A row of `boards`. */
export type BoardRow = z.infer<typeof boardRowSchema>;

const columns = sql.fragment`board_id as id, title, created_at as "createdAtMs"`;
const firstTitle = "Board 1";

/** The room's boards, oldest first. */
export async function loadBoards(
  tx: SchoolTransaction,
  roomId: RoomId,
): Promise<readonly BoardRow[]> {
  return tx.any(sql.type(boardRowSchema)`
    select ${columns} from boards where room_id = ${roomId} order by created_at, board_id`);
}

const countSchema = z.object({ count: z.number() });

/** How many boards the room has. */
export function countBoards(tx: SchoolTransaction, roomId: RoomId): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`select count(*) from boards where room_id = ${roomId}`);
}

/** Makes a board. */
export function storeBoard(
  tx: SchoolTransaction,
  roomId: RoomId,
  title: string,
): Promise<BoardRow> {
  return tx.one(sql.type(boardRowSchema)`
    insert into boards (school_id, room_id, title) values (app_school_id(), ${roomId}, ${title})
    returning ${columns}`);
}

/** Makes the first board of a room that has none; the caller holds the room's lock. */
export async function ensureBoard(tx: SchoolTransaction, roomId: RoomId): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    insert into boards (school_id, room_id, title)
    select app_school_id(), ${roomId}, ${firstTitle}
    where not exists (select from boards where room_id = ${roomId})`);
}

const roomOfBoardSchema = z.object({ roomId: z.string().transform((id) => id as RoomId) });

/** The room that a board belongs to, or null when the school has no such board. */
export function loadRoomOfBoard(tx: SchoolTransaction, boardId: BoardId): Promise<RoomId | null> {
  return tx.maybeOneFirst(sql.type(roomOfBoardSchema)`
    select room_id as "roomId" from boards where board_id = ${boardId}`);
}
