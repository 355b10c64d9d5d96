import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { orUnavailable } from "./connectionFailure.ts";
import { withClient } from "./withClient.ts";

const ownFolder = fileURLToPath(new URL("../migrations", import.meta.url));

/** Any number, as long as nobody else uses it: one migration runs at a time. */
const lockKey = 4_270_211;

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

/**
 * Brings the schema up to date and returns the names of the migrations that it ran, in order. Each runs
 * in a transaction of its own; two processes at once wait for each other.
 * @throws Error when an applied file was changed or is missing: then schema and code do not fit.
 */
export async function migrate(ownerUrl: string, folder = ownFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return orUnavailable(() =>
    withClient(ownerUrl, async (client) => {
      // Held by the connection: it goes with it, whatever happens.
      await client.query("select pg_advisory_lock($1)", [lockKey]);
      const applied = await readApplied(client);
      refuseChanged(migrations, applied);
      const missing = migrations.filter(({ name }) => !applied.has(name));
      for (const migration of missing) await apply(client, migration);
      if (missing.length > 0) await client.query("analyze");
      return missing.map(({ name }) => name);
    }),
  );
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  await client.query(
    `create table if not exists schema_migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "select name, checksum from schema_migrations",
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function refuseChanged(migrations: readonly Migration[], applied: Map<string, string>): void {
  const checksums = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of applied) {
    if (!checksums.has(name)) {
      throw new Error(`The database is newer than this program: it has ${name}.`);
    }
    if (checksums.get(name) !== checksum) {
      throw new Error(`Migration ${name} was changed after it had run; write a new one instead.`);
    }
  }
}

async function apply(client: pg.Client, { name, text, checksum }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(text);
    await client.query("insert into schema_migrations (name, checksum) values ($1, $2)", [
      name,
      checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw new Error(`Migration ${name} failed: ${String(error)}`, { cause: error });
  }
}
