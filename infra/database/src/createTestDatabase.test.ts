import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { sql } from "./sql.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
it("x", async () => {
  const n = await db.database.inSchool(db.schoolId, (tx) =>
    tx.any(
      sql.type(
        z.object({ name: z.string(), created_at: z.number() }),
      )`select name, created_at from users`,
    ),
  );
  expect(n).toHaveLength(8);
});
