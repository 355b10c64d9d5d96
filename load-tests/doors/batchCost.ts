import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { migrate, prepareCluster } from "@darasa/database";
import pg from "pg";
import { startEmbeddedPostgres } from "../../infra/local/postgres/embeddedPostgres.ts";
import { findPostgresPlace } from "../../infra/local/postgres/postgresPlace.ts";
import { makeTestFolder, removeTestFolder } from "../../infra/local/testing/testFolder.ts";
import { treeSeconds } from "../compare/processCost.ts";

/** The time of a batch of chat messages that is judged by its senders, over that of one that is not. */
export interface BatchCost {
  readonly rows: number;
  readonly ratio: number;
}

const migrations = join(import.meta.dirname, "../../infra/database/migrations");
const people = 400;
const rooms = 40;
const rowsInAll = 30_000;

/** What it costs that the database looks at each sender's account and membership before it stores a message. */
export async function measureBatchCost(): Promise<BatchCost[]> {
  const folder = await makeTestFolder();
  try {
    const { superuserUrl } = await startEmbeddedPostgres({
      place: await findPostgresPlace(folder),
      superuserPassword: "superuser",
      onProgress: () => undefined,
    });
    const passwords = { owner: "owner", app: "app", writer: "writer" };
    const { appUrl, ownerUrl } = await prepareCluster(superuserUrl, { passwords });
    await migrate(ownerUrl);
    const url = new URL(superuserUrl);
    url.pathname = new URL(appUrl).pathname;
    const client = new pg.Client(url.href);
    await client.connect();
    try {
      await client.query(await unjudged());
      const senders = await fill(client);
      const costs: BatchCost[] = [];
      for (const rows of [1, 50, 200, 500]) costs.push(await compare(url.href, senders, rows));
      return costs;
    } finally {
      await client.end();
    }
  } finally {
    await removeTestFolder(folder);
  }
}

/** The function as it was when it took the gateway's word for who somebody is, under another name. */
async function unjudged(): Promise<string> {
  const text = await readFile(join(migrations, "0004_batch_writes.sql"), "utf8");
  const found = /create function append_chat_messages\([\s\S]*?\n\$\$;/.exec(text)?.[0];
  if (found === undefined) throw new Error("The former function is not where it was");
  const renamed = found.replace("append_chat_messages(", "append_unjudged_messages(");
  return `${renamed} alter function append_unjudged_messages(uuid[], uuid[], uuid[], uuid[], text[], text[], text[], text[]) owner to darasa_batch`;
}

interface Sender {
  readonly school_id: string;
  readonly room_id: string;
  readonly user_id: string;
}

async function fill(client: pg.Client): Promise<Sender[]> {
  const schoolId = randomUUID();
  await client.query("grant create on schema public to darasa_batch");
  await client.query("insert into schools (school_id, slug, name) values ($1, 'busy', 'Busy')", [
    schoolId,
  ]);
  await client.query(
    `insert into users (school_id, email, name, role)
     select $1, 'p' || n || '@example.org', 'P' || n, 'student' from generate_series(1, $2::int) n`,
    [schoolId, people],
  );
  await client.query(
    `insert into rooms (school_id, kind, name)
     select $1, 'class', 'Room ' || n from generate_series(1, $2::int) n`,
    [schoolId, rooms],
  );
  const { rows } = await client.query<Sender>(
    `insert into room_members (school_id, room_id, user_id, role)
     select r.school_id, r.room_id, u.user_id, 'student' from rooms r, users u where r.school_id = $1
     returning school_id, room_id, user_id`,
    [schoolId],
  );
  // A plan for an empty table is none for a full one.
  await client.query(
    `insert into chat_messages (school_id, room_id, seq, client_id, sender_id, sender_name, body)
     select school_id, room_id, n, n::text, user_id, 'P', 'A line of a lesson.'
     from (select *, row_number() over (partition by room_id) as n from room_members) m`,
  );
  await client.query("update rooms set last_seq = $1", [people]);
  await client.query("analyze");
  return rows;
}

/** Each function on a connection of its own, in turns: what is compared is the CPU time of their backends. */
async function compare(url: string, senders: readonly Sender[], rows: number): Promise<BatchCost> {
  const judged = await openBackend(url);
  const unjudged = await openBackend(url);
  try {
    const batches = Math.ceil(rowsInAll / Math.max(rows, 20));
    for (let batch = 0; batch < batches; batch += 1) {
      await append(judged.client, "append_chat_messages", batchOf(senders, rows));
      await append(unjudged.client, "append_unjudged_messages", batchOf(senders, rows));
    }
    return { rows, ratio: judged.cpuSeconds() / unjudged.cpuSeconds() };
  } finally {
    await Promise.all([judged.client.end(), unjudged.client.end()]);
  }
}

async function openBackend(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = rows[0]?.pid ?? 0;
  return { client, cpuSeconds: () => treeSeconds([pid]) };
}

async function append(client: pg.Client, name: string, values: unknown[][]): Promise<void> {
  await client.query({ name, text: callOf(name), values });
}

function callOf(name: string): string {
  return `select item, outcome, seq from ${name}($1, $2, $3, $4, $5, $6, $7, $8)`;
}

function batchOf(senders: readonly Sender[], rows: number): unknown[][] {
  const first = Math.floor(Math.random() * senders.length);
  const chosen = Array.from({ length: rows }, (_unused, index) => {
    const sender = senders[(first + index * 7) % senders.length];
    if (sender === undefined) throw new RangeError("There is no sender");
    return sender;
  });
  return [
    chosen.map(({ school_id }) => school_id),
    chosen.map(({ room_id }) => room_id),
    chosen.map(() => null),
    chosen.map(({ user_id }) => user_id),
    chosen.map(() => "P"),
    chosen.map(() => "student"),
    chosen.map(() => randomUUID()),
    chosen.map(() => "A line of a lesson."),
  ];
}
