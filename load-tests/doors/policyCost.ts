import { randomUUID } from "node:crypto";
import { migrate, prepareCluster } from "@darasa/database";
import pg from "pg";
import { startEmbeddedPostgres } from "../../infra/local/postgres/embeddedPostgres.ts";
import { findPostgresPlace } from "../../infra/local/postgres/postgresPlace.ts";
import { makeTestFolder, removeTestFolder } from "../../infra/local/testing/testFolder.ts";
import { percentile } from "./percentile.ts";

/** The time of the same work with row level security, over that without. */
export interface PolicyCost {
  readonly query: string;
  readonly ratio: number;
}

interface Place {
  readonly schoolId: string;
  readonly roomId: string;
  readonly userId: string;
}

const schools = 20;
const roomsPerSchool = 40;
const usersPerSchool = 500;
const messagesPerRoom = 250;
const rounds = 15;
const runsPerRound = 200;

/**
 * What row level security costs: each query runs as darasa_app, which the policies bind, and as the superuser,
 * whom none binds, with the school named in the query both times. Rounds alternate; their medians are compared.
 */
export async function measurePolicyCost(): Promise<PolicyCost[]> {
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
    const freeUrl = new URL(superuserUrl);
    freeUrl.pathname = new URL(appUrl).pathname;
    return await compareRoles(appUrl, freeUrl.href);
  } finally {
    await removeTestFolder(folder);
  }
}

async function compareRoles(appUrl: string, freeUrl: string): Promise<PolicyCost[]> {
  const bound = new pg.Client(appUrl);
  const free = new pg.Client(freeUrl);
  try {
    await Promise.all([bound.connect(), free.connect()]);
    const place = await fill(free);
    const costs: PolicyCost[] = [];
    for (const [query, text] of Object.entries(queriesOf(place))) {
      const times = { bound: [] as number[], free: [] as number[] };
      for (let round = 0; round < rounds; round += 1) {
        times.bound.push(await timeRound(bound, text, place.schoolId));
        times.free.push(await timeRound(free, text, place.schoolId));
      }
      costs.push({ query, ratio: percentile(times.bound, 0.5) / percentile(times.free, 0.5) });
    }
    return costs;
  } finally {
    await Promise.allSettled([bound.end(), free.end()]);
  }
}

/** Milliseconds of a round of transactions as the API runs them: the school first, then the query. */
async function timeRound(client: pg.Client, text: string, schoolId: string): Promise<number> {
  const beganMs = performance.now();
  for (let run = 0; run < runsPerRound; run += 1) {
    await client.query("begin");
    await client.query("select set_config('app.school_id', $1, true)", [schoolId]);
    await client.query(text);
    await client.query("commit");
  }
  return performance.now() - beganMs;
}

function queriesOf({ schoolId, roomId, userId }: Place): Record<string, string> {
  return {
    "one person by id": `select name, role from users
      where school_id = '${schoolId}' and user_id = '${userId}'`,
    "a person's rooms": `select r.room_id, r.name from room_members m
      join rooms r on (r.school_id, r.room_id) = (m.school_id, m.room_id)
      where m.school_id = '${schoolId}' and m.user_id = '${userId}' order by r.name`,
    "a page of 50 messages": `select seq, sender_name, body from chat_messages
      where school_id = '${schoolId}' and room_id = '${roomId}' order by seq desc limit 50`,
    "names beginning with a letter": `select user_id, name from users
      where school_id = '${schoolId}' and lower(name) like 'p1%' order by lower(name) limit 50`,
  };
}

/** As many schools as make the policies choose; the one that is asked for is neither first nor last. */
async function fill(client: pg.Client): Promise<Place> {
  const ids = Array.from({ length: schools }, () => randomUUID());
  for (const [index, schoolId] of ids.entries()) {
    await client.query("insert into schools (school_id, slug, name) values ($1, $2, $2)", [
      schoolId,
      `school-${index}`,
    ]);
    await client.query(
      `insert into users (school_id, email, name, role)
       select $1, 'p' || n || '@example.org', 'P' || n, 'student' from generate_series(1, $2::int) n`,
      [schoolId, usersPerSchool],
    );
    await client.query(
      `insert into rooms (school_id, kind, name, last_seq)
       select $1, 'class', 'Room ' || n, $3 from generate_series(1, $2::int) n`,
      [schoolId, roomsPerSchool, messagesPerRoom],
    );
    await client.query(
      `insert into room_members (school_id, room_id, user_id, role)
       select r.school_id, r.room_id, u.user_id, 'student' from rooms r
       join users u on u.school_id = r.school_id and hashtext(u.user_id::text || r.room_id::text) % 8 = 0
       where r.school_id = $1`,
      [schoolId],
    );
    await client.query(
      `insert into chat_messages (school_id, room_id, seq, client_id, sender_id, sender_name, body)
       select r.school_id, r.room_id, n, n::text, gen_random_uuid(), 'P', 'A line of a lesson.'
       from rooms r, generate_series(1, $2::int) n where r.school_id = $1`,
      [schoolId, messagesPerRoom],
    );
  }
  await client.query("analyze");
  const { rows } = await client.query<Place>(
    `select school_id as "schoolId", room_id as "roomId", user_id as "userId"
     from room_members where school_id = $1 limit 1`,
    [ids[Math.floor(schools / 2)]],
  );
  const [place] = rows;
  if (!place) throw new Error("The schools are empty");
  return place;
}
