import { sql, type Database } from "@darasa/database";
import type { BoardId, RoomId, SchoolId } from "@darasa/protocol";
import * as z from "zod";

/** What a board's room is: who may draw outside of a live class depends on it. */
export type RoomKind = "class" | "group" | "direct";

interface BoardQuestion {
  readonly schoolId: SchoolId;
  readonly roomId: RoomId;
  readonly boardId: BoardId;
}

const kindSchema = z.object({ kind: z.enum(["class", "group", "direct"]) });
const updateSchema = z.object({ body: z.instanceof(Uint8Array) });

/**
 * The kind of the room that the board is in, or null when there is no such board in that room of that school.
 *
 * @throws DarasaError unavailable
 */
export function findBoardRoom(
  database: Database,
  { schoolId, roomId, boardId }: BoardQuestion,
): Promise<RoomKind | null> {
  return database.inSchool(schoolId, (tx) =>
    tx.maybeOneFirst(sql.type(kindSchema)`
      select r.kind from boards b join rooms r on (r.school_id, r.room_id) = (b.school_id, b.room_id)
      where b.board_id = ${boardId} and b.room_id = ${roomId}`),
  );
}

/**
 * Every update in the board's log. All of them, always: ids may commit out of order.
 *
 * @throws DarasaError unavailable
 */
export async function loadUpdates(
  database: Database,
  { schoolId, boardId }: BoardQuestion,
): Promise<Uint8Array[]> {
  const rows = await database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(updateSchema)`
      select body from board_updates where board_id = ${boardId} order by update_id`),
  );
  return rows.map(({ body }) => body);
}
