import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../migrations");

/** Databases that have run a migration refuse one that was changed; those of the tests are always new. */
test("no migration was changed or taken away that somebody may have run", async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql"));
  const found = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name));
      return [name, createHash("sha256").update(text).digest("hex")] as const;
    }),
  );
  const published: unknown = JSON.parse(
    await readFile(join(import.meta.dirname, "publishedMigrations.json"), "utf8"),
  );
  // A new one gets its line here; a line that is there stays as it is.
  expect(Object.fromEntries(found)).toEqual(published);
});
