import { sql, type Database } from "@darasa/database";
import type { BoardId, ParticipantId, RoomId, SchoolId } from "@darasa/protocol";
import * as z from "zod";

/** What a board's room is: who may draw outside of a live class depends on it. */
export type RoomKind = "class" | "group" | "direct";

interface BoardQuestion {
  readonly schoolId: SchoolId;
  readonly roomId: RoomId;
  readonly boardId: BoardId;
}

const kindSchema = z.object({ kind: z.enum(["class", "group", "direct"]) });
const updateSchema = z.object({ updateId: z.number(), body: z.instanceof(Uint8Array) });

/** One row of a board's log. */
export type StoredUpdate = z.infer<typeof updateSchema>;

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
  { schoolId, boardId }: Pick<BoardQuestion, "schoolId" | "boardId">,
): Promise<readonly StoredUpdate[]> {
  return database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(updateSchema)`
      select update_id as "updateId", body from board_updates where board_id = ${boardId} order by update_id`),
  );
}

const drawnSchema = z.object({
  boardId: z.string().transform((id) => id as BoardId),
  roomId: z.string().transform((id) => id as RoomId),
  clientId: z.number(),
});

/**
 * The Yjs clients of one person on the boards of a school; a row for each.
 *
 * @throws DarasaError unavailable
 */
export function loadDrawers(
  database: Database,
  {
    schoolId,
    participantId,
  }: { readonly schoolId: SchoolId; readonly participantId: ParticipantId },
): Promise<readonly z.infer<typeof drawnSchema>[]> {
  return database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(drawnSchema)`
      select a.board_id as "boardId", b.room_id as "roomId", a.client_id as "clientId"
      from board_authors a join boards b on (b.school_id, b.board_id) = (a.school_id, a.board_id)
      where a.participant_id = ${participantId} order by a.board_id`),
  );
}
