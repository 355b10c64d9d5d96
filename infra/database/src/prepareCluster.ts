import pg from "pg";
import { withClient } from "./withClient.ts";

/** Passwords of the roles that log in. */
export interface RolePasswords {
  readonly owner: string;
  readonly app: string;
  readonly writer: string;
}

/** Where each role connects to. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly writerUrl: string;
}

export interface ClusterPlan {
  readonly passwords: RolePasswords;
  /** Lower-case letters, digits and underscores; default `darasa`. */
  readonly databaseName?: string;
}

/** Any number, as long as nobody else uses it in the superuser's database. */
const lockKey = 4_270_212;

/**
 * The urls of a database with our roles, which are made when they are not there; safe to run at every
 * start, when it sets the passwords. The schema is `migrate`'s to make.
 */
export async function prepareCluster(
  superuserUrl: string,
  { passwords, databaseName = "darasa" }: ClusterPlan,
): Promise<DatabaseUrls> {
  await withClient(superuserUrl, async (client) => {
    // Two at once would trip over each other's rows; the connection gives the lock back.
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await prepareRole(client, "darasa_owner", passwords.owner);
    await prepareRole(client, "darasa_app", passwords.app);
    await prepareRole(client, "darasa_writer", passwords.writer);
    await prepareRole(client, "darasa_batch", null);
    // Migrations hand functions over to it, which only a member may do.
    await client.query("grant darasa_batch to darasa_owner");
    await prepareDatabase(client, databaseName);
  });
  return databaseUrls(superuserUrl, passwords, databaseName);
}

/** The urls of the three roles for a database of this cluster, whether it exists or not. */
export function databaseUrls(
  superuserUrl: string,
  passwords: RolePasswords,
  databaseName: string,
): DatabaseUrls {
  const urlOf = (role: string, password: string): string => {
    const url = new URL(superuserUrl);
    url.username = role;
    url.password = encodeURIComponent(password);
    url.pathname = `/${databaseName}`;
    return url.href;
  };
  return {
    ownerUrl: urlOf("darasa_owner", passwords.owner),
    appUrl: urlOf("darasa_app", passwords.app),
    writerUrl: urlOf("darasa_writer", passwords.writer),
  };
}

async function prepareRole(
  client: pg.Client,
  name: string,
  password: string | null,
): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = $1", [name]);
  const role = pg.escapeIdentifier(name);
  if (rowCount === 0) await client.query(`create role ${role}`);
  const login = password === null ? "nologin" : `login password ${pg.escapeLiteral(password)}`;
  await client.query(
    `alter role ${role} nosuperuser nobypassrls nocreatedb nocreaterole noreplication ${login}`,
  );
}

async function prepareDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
  const database = pg.escapeIdentifier(name);
  if (rowCount === 0) await client.query(`create database ${database} owner darasa_owner`);
  await client.query(`revoke all on database ${database} from public`);
  await client.query(`grant connect on database ${database} to darasa_app, darasa_writer`);
  await client.query(`alter database ${database} set timezone to 'UTC'`);
}
