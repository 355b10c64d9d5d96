import { randomUUID } from "node:crypto";
import { DarasaError } from "@darasa/protocol";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { createDatabase, type Database, type SchoolTransaction } from "./createDatabase.ts";
import { sql } from "./sql.ts";
import {
  asSuperuser,
  createTestDatabase,
  startStallingProxy,
  type StallingProxy,
  type TestDatabase,
} from "./testing/index.ts";

const poolSize = 4;
const transactions = 200;

let db: TestDatabase;
let proxy: StallingProxy;
let database: Database;
let schoolIds: readonly string[];
beforeAll(async () => {
  db = await createTestDatabase();
  const more = ["third", "fourth"].map((slug) => ({ slug, id: randomUUID() }));
  for (const { slug, id } of more) {
    await asSuperuser(db, "insert into schools (school_id, slug, name) values ($1, $2, $2)", [
      id,
      slug,
    ]);
  }
  schoolIds = [db.schoolId, db.neighbour.schoolId, ...more.map(({ id }) => id)];
  proxy = await startStallingProxy(db.appUrl);
  database = await createDatabase(proxy.url, { maxConnections: poolSize });
});
afterAll(async () => {
  await database.close();
  await proxy.close();
  await db.drop();
});

const nothing = sql.typeAlias("nothing");
const ownerRow = sql.type(z.object({ id: z.string() }));

/** What may happen to a transaction after it has written. */
const endings = {
  commits: () => Promise.resolve(),
  throws: () => Promise.reject(new Error("the work gave up")),
  breaks: (tx: SchoolTransaction) => tx.query(nothing`select 1 / 0`),
  writesElsewhere: (tx: SchoolTransaction, other: string) =>
    tx.query(
      nothing`insert into rooms (school_id, kind, name) values (${other}, 'class', 'foreign')`,
    ),
  isKilled: (tx: SchoolTransaction) =>
    tx.query(nothing`select pg_terminate_backend(pg_backend_pid())`),
  timesOut: (tx: SchoolTransaction) =>
    tx
      .query(nothing`select set_config('statement_timeout', '20', true), pg_sleep(0)`)
      .then(() => tx.query(nothing`select pg_sleep(1)`)),
  cuts() {
    proxy.cut();
    return Promise.resolve();
  },
} as const;

type Ending = keyof typeof endings;

interface Plan {
  readonly school: number;
  readonly ending: Ending;
}

/** What became of one of them. */
interface Outcome {
  readonly schoolId: string;
  readonly marker: string;
  readonly isForeignSeen: boolean;
  /** The work itself came to its end: only the commit may have failed. */
  readonly isWorkDone: boolean;
  readonly isCommitted: boolean;
}

async function run({ school, ending }: Plan): Promise<Outcome> {
  const schoolId = schoolIds[school] ?? "";
  const other = schoolIds[(school + 1) % schoolIds.length] ?? "";
  const marker = randomUUID();
  const seen = { isForeignSeen: false, isWorkDone: false };
  const work = async (tx: SchoolTransaction): Promise<void> => {
    await tx.query(nothing`
      insert into rooms (school_id, kind, name) values (app_school_id(), 'class', ${marker})`);
    const owners = await tx.anyFirst(ownerRow`
      select distinct school_id as id from rooms union select distinct school_id from users`);
    seen.isForeignSeen ||= owners.some((id) => id !== schoolId);
    await endings[ending](tx, other);
    seen.isWorkDone = true;
  };
  const isCommitted = await database.inSchool(schoolId, work).then(
    () => true,
    () => false,
  );
  return { schoolId, marker, ...seen, isCommitted };
}

/** Which schools the rooms of that name are in. */
async function schoolsOf(markers: readonly string[]): Promise<Map<string, string>> {
  const rows = await asSuperuser<{ name: string; school_id: string }>(
    db,
    "select name, school_id from rooms where name = any($1)",
    [markers],
  );
  return new Map(rows.map(({ name, school_id }) => [name, school_id]));
}

/**
 * Every place of the pool works, at the same time, and carries nothing of whoever had it before. New connections may take
 * a while on a busy machine; what one carries is judged at the first answer.
 */
async function expectWholePool(): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  const isLate = () => performance.now() > deadlineMs;
  while (!(await isPoolWhole())) expect(isLate()).toBe(false);
  const lent = await asSuperuser<{ count: number }>(
    db,
    `select count(*)::int as count from pg_stat_activity
     where usename = 'darasa_app' and datname = current_database() and state like 'idle in transaction%'`,
  );
  expect(lent).toEqual([{ count: 0 }]);
}

/** Holds all places until the last is there; false when one could not be had in time. */
async function isPoolWhole(): Promise<boolean> {
  let arrived = 0;
  let release = (): void => undefined;
  const together = new Promise<void>((resolve) => (release = resolve));
  const answers = Array.from({ length: poolSize }, (_unused, index) => {
    const schoolId = schoolIds[index % schoolIds.length] ?? "";
    return database.inSchool(schoolId, async (tx) => {
      const found = await tx.oneFirst(ownerRow`select app_school_id()::text as id`);
      expect(found).toBe(schoolId);
      arrived += 1;
      if (arrived === poolSize) release();
      await together;
    });
  });
  // Those who wait for one that never comes give their places back.
  for (const answer of answers) answer.catch(release);
  const failures = (await Promise.allSettled(answers)).flatMap((one) =>
    one.status === "rejected" ? [one.reason as unknown] : [],
  );
  expect(failures.filter((error) => !(error instanceof DarasaError))).toEqual([]);
  return failures.length === 0;
}

const plans = fc.array(
  fc.record({
    school: fc.nat({ max: 3 }),
    ending: fc.oneof(
      { weight: 6, arbitrary: fc.constant<Ending>("commits") },
      { weight: 4, arbitrary: fc.constantFrom<Ending>("throws", "breaks", "writesElsewhere") },
      { weight: 2, arbitrary: fc.constantFrom<Ending>("isKilled", "timesOut") },
      { weight: 1, arbitrary: fc.constant<Ending>("cuts") },
    ),
  }),
  { minLength: transactions, maxLength: transactions },
);

it("[C4] 200 transactions of four schools at once, that fail in every way, never touch another's rows", async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (all) => {
      const running = all.map(run);
      // A way that freezes for a moment, and what was on it is lost.
      proxy.freeze();
      await new Promise((resolve) => setImmediate(resolve));
      proxy.thaw();
      proxy.cut();
      const outcomes = await Promise.all(running);
      const found = await schoolsOf(outcomes.map(({ marker }) => marker));
      for (const { schoolId, marker, isForeignSeen, isWorkDone, isCommitted } of outcomes) {
        expect(isForeignSeen).toBe(false);
        const owner = found.get(marker);
        if (isCommitted) expect(owner).toBe(schoolId);
        // What was told to have failed is there only if the answer to its commit was lost.
        else expect([undefined, isWorkDone ? schoolId : undefined]).toContain(owner);
      }
      expect(outcomes.some(({ isCommitted }) => isCommitted)).toBe(true);
      expect(await asSuperuser(db, "select from rooms where name = 'foreign'")).toEqual([]);
      await expectWholePool();
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

it("[P8] work whose caller was told unavailable is not done later", async () => {
  const own = await startStallingProxy(db.appUrl);
  const small = await createDatabase(own.url, { maxConnections: 1 });
  await small.ping();
  own.freeze();
  const told: string[] = [];
  const ran: string[] = [];
  const marker = () => randomUUID();
  const works = Array.from({ length: 20 }, marker).map((name) =>
    small
      .inSchool(db.schoolId, async (tx) => {
        ran.push(name);
        await tx.query(nothing`
          insert into rooms (school_id, kind, name) values (app_school_id(), 'class', ${name})`);
      })
      .catch(() => told.push(name)),
  );
  await Promise.all(works);
  own.thaw();
  own.cut();
  await small.ping();
  expect(told).toHaveLength(20);
  expect(ran).toEqual([]);
  expect(await schoolsOf(told)).toEqual(new Map());
  await small.close();
  await own.close();
}, 15_000);
