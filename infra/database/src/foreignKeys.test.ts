import { afterAll, beforeAll, expect, it } from "vitest";
import { asSuperuser, createTestDatabase, type TestDatabase } from "./testing/index.ts";

let db: TestDatabase;
beforeAll(async () => (db = await createTestDatabase()));
afterAll(() => db.drop());

it("every foreign key has an index: a deletion reads the rows that refer to it, not their table", async () => {
  const bare = await asSuperuser(
    db,
    `select c.conrelid::regclass::text as in_table, pg_get_constraintdef(c.oid) as foreign_key
     from pg_constraint c
     where c.contype = 'f' and not exists (
       select from pg_index i
       where i.indrelid = c.conrelid and i.indpred is null
         and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)`,
  );
  expect(bare).toEqual([]);
});
