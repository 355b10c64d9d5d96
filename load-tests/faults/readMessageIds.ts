import pg from "pg";

/** The messages of a room as the database has them, in the order of `seq`: who named them what. */
export async function readMessageIds(
  superuserUrl: string,
  { roomId }: { readonly roomId: string },
): Promise<readonly { readonly id: string; readonly seq: number }[]> {
  const client = new pg.Client(superuserUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; seq: number }>(
      "select client_id as id, seq::int from chat_messages where room_id = $1 order by seq",
      [roomId],
    );
    return rows;
  } finally {
    await client.end();
  }
}
