import { asSuperuser } from "@darasa/database/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

// As small as a term is that is made in a thread of its own. `npm run figures:register` runs the same with a thousand people and two hundred classes, and prints what it took.
const peopleCount = Number(process.env["REGISTER_PEOPLE"] ?? 201);
const classCount = Number(process.env["REGISTER_CLASSES"] ?? 100);
const isMeasured = process.env["REGISTER_PEOPLE"] !== undefined;

const startMs = Date.UTC(2026, 0, 12, 6);
const dayMs = 24 * 3_600_000;

let api: TestApi;
let roomId: string;
beforeAll(async () => {
  api = await createTestApi();
  ({ roomId } = api.db.rooms.biology);
  await fill();
});
afterAll(() => api.close());

test("a term is summed once and read from its sums: each student's minutes in each class", async () => {
  const as = await api.signIn("teacher");
  const query = `from=${startMs - dayMs}&to=${startMs + (classCount + 1) * dayMs}`;
  const path = `/api/rooms/${roomId}/attendance`;
  const first = await timed(() => api.call(`GET ${path}?${query}`, { as }));
  const whileRead = startBystander(as);
  const second = await timed(() => api.call(`GET ${path}?${query}`, { as }));
  const readMs = await whileRead.stop();
  expect(second.answer.text).toBe(first.answer.text);
  const { classes, people } = second.answer.body;
  expect(classes).toHaveLength(classCount);
  const made = people.filter(({ name }) => name.startsWith("Student "));
  expect(made).toHaveLength(peopleCount);
  for (const { minutes } of made) expect(minutes).toEqual(Array(classCount).fill(40));
  const { userId } = api.db.people.neema;
  const own = await timed(() => api.call(`GET ${path}/${userId}?${query}`, { as }));
  expect(own.answer.status).toBe(200);
  const csv = await timed(() => api.call(`GET ${path}.csv?${query}`, { as }));
  const whileMade = startBystander(as);
  const xlsx = await timed(() => api.call(`GET ${path}.xlsx?${query}`, { as }));
  const madeMs = await whileMade.stop();
  expect([csv.answer.status, xlsx.answer.status]).toEqual([200, 200]);
  if (!isMeasured) return;
  const ms = (value: { readonly ms: number }) => `${Math.round(value.ms)} ms`;
  process.stdout.write(
    [
      `register of ${peopleCount} people over ${classCount} classes`,
      `  first reading, every class summed: ${ms(first)}`,
      `  every other reading: ${ms(second)}, ${sizeOf(second.answer.bytes.length)} of JSON`,
      `    GET /api/me meanwhile: p50 ${readMs(0.5)} ms, longest ${readMs(1)} ms`,
      `  one student: ${ms(own)}`,
      `  CSV: ${ms(csv)}, ${sizeOf(csv.answer.bytes.length)}`,
      `  XLSX: ${ms(xlsx)}, ${sizeOf(xlsx.answer.bytes.length)}`,
      `    GET /api/me meanwhile: p50 ${madeMs(0.5)} ms, longest ${madeMs(1)} ms`,
      ...(await tableSizes()),
      "",
    ].join("\n"),
  );
});

/**
 * Somebody who asks one thing after the other; what they waited, by the part of them that waited less. It counts from
 * when they would have asked: a process that is busy keeps them from asking at all.
 */
function startBystander(as: Person) {
  const waits: number[] = [];
  const stopped = new AbortController();
  const asking = (async () => {
    do {
      const askedAtMs = performance.now() + 5;
      await new Promise((resolve) => setTimeout(resolve, 5));
      await api.call("GET /api/me", { as });
      waits.push(performance.now() - askedAtMs);
    } while (!stopped.signal.aborted);
  })();
  return {
    async stop() {
      stopped.abort();
      await asking;
      waits.sort((a, b) => a - b);
      return (part: number) => Math.round(waits[Math.ceil(part * waits.length) - 1] ?? 0);
    },
  };
}

async function timed<Answer>(work: () => Promise<Answer>) {
  const startedAtMs = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - startedAtMs };
}

function sizeOf(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

async function tableSizes(): Promise<string[]> {
  const rows = await asSuperuser<{ name: string; bytes: string }>(
    api.db,
    `select relname as name, pg_total_relation_size(oid)::text as bytes from pg_class
     where relname in ('attendance_events', 'attendance_sums', 'live_class_participants') order by 1`,
  );
  return rows.map(({ name, bytes }) => `  on disk, ${name}: ${sizeOf(Number(bytes))}`);
}

/** Everybody comes to every class for forty minutes of its hour, and the gateway saw them come and go. */
async function fill(): Promise<void> {
  const values = [api.db.schoolId, roomId, peopleCount, classCount, startMs / 1_000];
  const run = (text: string, count: number) =>
    asSuperuser(api.db, text, values.slice(0, count).map(String));
  await run(
    `with people as (
       insert into users (school_id, name, email, role, language)
       select $1::uuid, 'Student ' || n, 'student' || n || '@figures.example', 'student', 'en'
       from generate_series(1, $3::int) n returning user_id
     )
     insert into room_members (school_id, room_id, user_id, role, added_at)
     select $1::uuid, $2::uuid, user_id, 'student', '2025-09-01' from people`,
    3,
  );
  await run(
    `insert into live_classes (school_id, room_id, title, status, created_by, starts_at, started_at, ended_at, end_reason)
     select $1::uuid, $2::uuid, 'Lesson ' || n, 'ended',
       (select user_id from room_members where school_id = $1::uuid and room_id = $2::uuid and role = 'teacher' limit 1),
       at, at, at + interval '1 hour', 'teacher'
     from generate_series(1, $4::int) n, to_timestamp($5::float8 + n * 86400) at, (select $3::int) unused`,
    5,
  );
  await run(
    `insert into live_class_participants
       (school_id, live_class_id, participant_id, user_id, name, role, admitted_at)
     select c.school_id, c.live_class_id, u.user_id, u.user_id, u.name, 'student', c.started_at
     from live_classes c join users u on u.school_id = c.school_id and u.name like 'Student %'
     where c.school_id = $1::uuid and c.room_id = $2::uuid and c.status = 'ended'`,
    2,
  );
  await run(
    `insert into attendance_events (school_id, live_class_id, participant_id, session_id, kind, at)
     select p.school_id, p.live_class_id, p.participant_id, p.participant_id, e.kind,
       c.started_at + e.minutes * interval '1 minute'
     from live_class_participants p
     join live_classes c on (c.school_id, c.live_class_id) = (p.school_id, p.live_class_id)
     cross join (values ('joined', 5), ('left', 45)) as e(kind, minutes)
     where c.school_id = $1::uuid and c.room_id = $2::uuid`,
    2,
  );
}
