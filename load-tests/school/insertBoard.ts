import { randomUUID } from "node:crypto";
import pg from "pg";

/** A new board of a room, by the row that the API would write; its id. */
export async function insertBoard(
  superuserUrl: string,
  { schoolId, roomId }: { readonly schoolId: string; readonly roomId: string },
): Promise<string> {
  const client = new pg.Client(superuserUrl);
  await client.connect();
  try {
    const boardId = randomUUID();
    await client.query(
      "insert into boards (school_id, board_id, room_id, title) values ($1, $2, $3, 'Load test')",
      [schoolId, boardId, roomId],
    );
    return boardId;
  } finally {
    await client.end();
  }
}
