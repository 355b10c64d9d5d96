import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { migrate } from "./migrate.ts";
import { prepareCluster, type DatabaseUrls } from "./prepareCluster.ts";
import { withClient } from "./withClient.ts";

const shipped = fileURLToPath(new URL("../migrations", import.meta.url));
const { superuserUrl, passwords } = inject("postgres");

describe("migrate", () => {
  let urls: DatabaseUrls;
  let folder: string;
  let databaseName: string;

  beforeEach(async () => {
    databaseName = `migrate_${randomUUID().replaceAll("-", "")}`;
    urls = await prepareCluster(superuserUrl, { passwords, databaseName });
    folder = await mkdtemp(join(tmpdir(), "migrations-"));
    await cp(shipped, folder, { recursive: true });
  });

  afterEach(async () => {
    await withClient(superuserUrl, (client) =>
      client.query(`drop database ${databaseName} with (force)`),
    );
    await rm(folder, { recursive: true });
  });

  const tables = () =>
    withClient(urls.ownerUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
      );
      return rows.map(({ name }) => name);
    });

  it("brings an empty database up to date, in the order of the numbers, and once", async () => {
    const names = (await readdir(shipped)).sort();
    await expect(migrate(urls.ownerUrl)).resolves.toEqual(names);
    await expect(migrate(urls.ownerUrl)).resolves.toEqual([]);
    expect(await tables()).toContain("chat_messages");
  });

  it("lets two processes start at once: one migrates, the other waits", async () => {
    const both = await Promise.all([migrate(urls.ownerUrl), migrate(urls.ownerUrl)]);
    expect(both.map((names) => names.length).sort()).toEqual([0, (await readdir(shipped)).length]);
  });

  it("takes up a new file on the next start", async () => {
    await migrate(urls.ownerUrl, folder);
    await writeFile(join(folder, "9000_more.sql"), "create table more (id int);");
    await expect(migrate(urls.ownerUrl, folder)).resolves.toEqual(["9000_more.sql"]);
    expect(await tables()).toContain("more");
  });

  it("leaves nothing of a file that fails half-way, and names it", async () => {
    await writeFile(join(folder, "9000_broken.sql"), "create table half (id int); select 1/0;");
    await expect(migrate(urls.ownerUrl, folder)).rejects.toThrow(/9000_broken\.sql.*division/);
    expect(await tables()).not.toContain("half");
    await writeFile(join(folder, "9000_broken.sql"), "create table half (id int);");
    await expect(migrate(urls.ownerUrl, folder)).resolves.toEqual(["9000_broken.sql"]);
  });

  it("refuses when a file was changed after it had run", async () => {
    await migrate(urls.ownerUrl, folder);
    await writeFile(join(folder, "0001_schools_and_people.sql"), "select 1;");
    await expect(migrate(urls.ownerUrl, folder)).rejects.toThrow(
      /0001_schools_and_people.*changed/,
    );
  });

  it("refuses a database that is newer than the program", async () => {
    await writeFile(join(folder, "9000_more.sql"), "create table more (id int);");
    await migrate(urls.ownerUrl, folder);
    await expect(migrate(urls.ownerUrl, shipped)).rejects.toThrow(/newer.*9000_more/);
  });
});
