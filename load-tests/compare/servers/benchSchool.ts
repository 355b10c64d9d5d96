import { randomBytes, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { migrate, prepareCluster, type DatabaseUrls } from "@darasa/database";
import pg from "pg";
import { startEmbeddedPostgres } from "../../../infra/local/postgres/embeddedPostgres.ts";
import { findPostgresPlace } from "../../../infra/local/postgres/postgresPlace.ts";
import { makeTestFolder, removeTestFolder } from "../../../infra/local/testing/testFolder.ts";
import type { Shape } from "./server.ts";

/** A school in a database of its own, with as many rooms and people as a measurement wants. */
export interface BenchSchool {
  readonly urls: DatabaseUrls;
  readonly postgresPid: number;
  readonly ticketKey: string;
  /** The file that tells the generator who may come; `part` tells apart those who come to different gateways. */
  readonly peopleFile: (shape: Shape, part?: number) => Promise<string>;
  readonly end: () => Promise<void>;
}

/** So many of a room are teachers, who may point in a hall too (SPEC P13); the others learn. */
const teachersPerRoom = 32;

/** Starts its Postgres, which makes 10 s of work the first time. */
export async function startBenchSchool(): Promise<BenchSchool> {
  const folder = await makeTestFolder();
  const { superuserUrl, pid } = await startEmbeddedPostgres({
    place: await findPostgresPlace(folder),
    superuserPassword: "superuser",
    onProgress: () => undefined,
  });
  const passwords = { owner: "owner", app: "app", writer: "writer" };
  const urls = await prepareCluster(superuserUrl, { passwords });
  await migrate(urls.ownerUrl);
  const url = new URL(superuserUrl);
  url.pathname = new URL(urls.appUrl).pathname;
  const client = new pg.Client(url.href);
  await client.connect();
  const schoolId = randomUUID();
  await client.query(
    "insert into schools (school_id, slug, name) values ($1, 'bench', 'Benchmark')",
    [schoolId],
  );
  const ticketKey = randomBytes(32).toString("base64url");
  const files = new Map<string, string>();
  return {
    urls,
    postgresPid: pid,
    ticketKey,
    async peopleFile(shape, part = 0) {
      const name = `${shape.rooms}x${shape.members}-${part}`;
      let file = files.get(name);
      if (file === undefined) {
        const people = await fill(client, schoolId, shape);
        file = join(folder, `people-${name}`);
        await writeFile(file, `${ticketKey} ${schoolId}\n${people}`);
        files.set(name, file);
      }
      return file;
    },
    async end() {
      await client.end();
      await removeTestFolder(folder);
    },
  };
}

/** Writes the rows that the API would have written; one line for each person, those of a room together. */
async function fill(client: pg.Client, schoolId: string, shape: Shape): Promise<string> {
  const rooms = Array.from({ length: shape.rooms }, () => randomUUID());
  const places = rooms.flatMap((room) =>
    Array.from({ length: shape.members }, (_unused, member) => ({
      room,
      person: randomUUID(),
      role: member < teachersPerRoom ? "teacher" : "student",
    })),
  );
  const ids = places.map(({ person }) => person);
  await client.query(
    `insert into rooms (school_id, room_id, kind, name) select $1, id, 'group', 'Room' from unnest($2::uuid[]) id`,
    [schoolId, rooms],
  );
  await client.query(
    `insert into users (school_id, user_id, email, name, role)
     select $1, id, id || '@bench.example', 'Person', 'student' from unnest($2::uuid[]) id`,
    [schoolId, ids],
  );
  await client.query(
    `insert into sign_ins (school_id, sign_in_id, user_id, expires_at)
     select $1, id, id, now() + interval '1 day' from unnest($2::uuid[]) id`,
    [schoolId, ids],
  );
  await client.query(
    `insert into room_members (school_id, room_id, user_id, role)
     select $1, room, id, role from unnest($2::uuid[], $3::uuid[], $4::text[]) as t(room, id, role)`,
    [schoolId, places.map(({ room }) => room), ids, places.map(({ role }) => role)],
  );
  // A plan for an empty table is none for a full one.
  await client.query("vacuum analyze");
  return places.map(({ room, person }) => `${room} ${person}\n`).join("");
}
