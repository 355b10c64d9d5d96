import type pg from "pg";
import { withClient } from "../withClient.ts";
import type { TestDatabase } from "./createTestDatabase.ts";

/** The rows of one statement run as superuser, past row level security: to look, or to break things. */
export async function asSuperuser<Row extends pg.QueryResultRow = pg.QueryResultRow>(
  { superuserUrl }: Pick<TestDatabase, "superuserUrl">,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return withClient(superuserUrl, async (client) => {
    const { rows } = await client.query<Row>(statement, [...values]);
    return rows;
  });
}
