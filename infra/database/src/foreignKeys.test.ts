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
       left join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, c.conkey[cardinality(c.conkey)])
       where i.indrelid = c.conrelid
         -- An index of only those that refer to something serves as well.
         and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', a.attname))
         and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)`,
  );
  expect(bare).toEqual([]);
});
