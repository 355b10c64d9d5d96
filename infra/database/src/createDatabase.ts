import { DarasaError } from "@darasa/protocol";
import { createPool, type DatabasePool, type DatabaseTransactionConnection } from "slonik";
import * as z from "zod";
import { orUnavailable, withinDeadline } from "./connectionFailure.ts";
import { FairPlaces } from "./fairPlaces.ts";
import { impatientDriver } from "./impatientDriver.ts";
import { rowChecker } from "./rowChecker.ts";
import { sql } from "./sql.ts";
import { typeParsers } from "./typeParsers.ts";

/** A transaction that sees one school's rows and can write no other's. */
export type SchoolTransaction = DatabaseTransactionConnection;

/**
 * The pool of api and realtime, as role darasa_app. Everything throws DarasaError `unavailable` when
 * Postgres cannot be reached, within 3 s. Of its connections one school has at most half, so that others are served
 * whatever its transactions wait for; who waits in vain is told `unavailable` as well.
 */
export interface Database {
  /**
   * Runs `work` in a transaction of this school: committed when it resolves, rolled back when it throws.
   * It may run again after a deadlock, so it changes nothing but the database.
   */
  inSchool<T>(schoolId: string, work: (tx: SchoolTransaction) => Promise<T>): Promise<T>;
  findSchoolBySlug(slug: string): Promise<{ schoolId: string; name: string } | null>;
  /** The live class that can be joined by this code (scheduled or running), whichever school's it is. */
  findLiveClassByCode(code: string): Promise<{ schoolId: string; liveClassId: string } | null>;
  /** The school of a live class that is not over, if it has media servers of its own; whichever school's it is. */
  findSchoolWithOwnMedia(liveClassId: string): Promise<string | null>;
  /** Every school, oldest first: for jobs that then work inside each. */
  listSchoolIds(): Promise<readonly string[]>;
  /** Schools whose daily clearing last ran before that time, or that have ended substitutes or open erasures. */
  listDueSchools(due: {
    readonly nowMs: number;
    readonly ranBeforeMs: number;
  }): Promise<readonly string[]>;
  /** Makes a school without anybody in it; null when the slug is taken. */
  createSchool(school: { readonly slug: string; readonly name: string }): Promise<string | null>;
  /** Ends the running classes of all schools without a teacher for this long; returns how many. */
  endAbandonedLiveClasses(idleMinutes: number): Promise<number>;
  /** The running classes, of all schools, whose media server was not asked for so long; nobody else is given them. */
  claimMediaClasses(
    olderThanMs: number,
  ): Promise<readonly { readonly schoolId: string; readonly liveClassId: string }[]>;
  /** Resolves when Postgres answers. */
  ping(): Promise<void>;
  /** Who waits for a connection. */
  readonly waiting: number;
  close(): Promise<void>;
}

const connectTimeoutMs = 2_000;
/** The server gives a statement up after this, and we the server a little later. */
const statementTimeoutMs = 2_500;
const answerTimeoutMs = 3_000;
/** From asking for a connection, which may have to be waited for, to the first answer. */
const beginDeadlineMs = 3_000;
/** A few hundred bytes each; more could not be served within the deadline. */
const maxWaitingPerSchool = 1_000;

/** The connections, and whose turn it is to have one. */
interface SharedPool {
  readonly pool: DatabasePool;
  readonly places: FairPlaces;
}

/**
 * Connects to Postgres.
 * @throws DarasaError unavailable when it cannot be reached.
 */
export async function createDatabase(
  url: string,
  { maxConnections = 10 }: { readonly maxConnections?: number } = {},
): Promise<Database> {
  const pool = await orUnavailable(() =>
    createPool(url, {
      captureStackTrace: false,
      connectionRetryLimit: 1,
      connectionTimeout: connectTimeoutMs,
      driverFactory: impatientDriver(answerTimeoutMs),
      // How long a broken connection keeps its place in the pool.
      gracefulTerminationTimeout: 500,
      idleTimeout: 60_000,
      interceptors: [rowChecker],
      maxPoolSize: maxConnections,
      // Nothing that we run outlives its transaction, so there is nothing to reset, for a round trip each.
      resetConnection: () => Promise.resolve(),
      statementTimeout: statementTimeoutMs,
      typeParsers,
    }),
  );
  // A connection that breaks while idle: whoever asks next gets a new one, or the error.
  pool.on("error", () => undefined);
  const places = new FairPlaces({
    places: maxConnections,
    placesPerSchool: Math.max(1, Math.floor(maxConnections / 2)),
    maxWaitingPerSchool,
  });
  const shared = { pool, places };
  const query = <T>(run: () => Promise<T>) => queryNoSchool(shared, run);
  return {
    inSchool: (schoolId, work) => inSchool(shared, schoolId, work),
    findSchoolBySlug: (slug) => query(() => pool.maybeOne(schoolBySlug(slug))),
    findLiveClassByCode: (code) => query(() => pool.maybeOne(liveClassByCode(code))),
    findSchoolWithOwnMedia: (id) => query(() => pool.oneFirst(schoolWithOwnMedia(id))),
    listSchoolIds: () => query(() => pool.anyFirst(allSchoolIds)),
    listDueSchools: (due) => query(() => pool.anyFirst(dueSchools(due))),
    createSchool: (school) => query(() => pool.oneFirst(newSchool(school))),
    endAbandonedLiveClasses: (minutes) => query(() => pool.oneFirst(endAbandoned(minutes))),
    claimMediaClasses: (olderThanMs) => query(() => pool.any(mediaClasses(olderThanMs))),
    ping: () =>
      query(async () => {
        await pool.query(sql.typeAlias("nothing")`select 1`);
      }),
    get waiting() {
      return places.waiting;
    },
    close: () => pool.end(),
  };
}

function queryNoSchool<T>({ places }: SharedPool, run: () => Promise<T>): Promise<T> {
  const caller = new AbortController();
  return whileWaited(caller, async () => {
    const work = places.within(null, run, caller.signal);
    return withinDeadline(work, beginDeadlineMs);
  });
}

async function inSchool<T>(
  { pool, places }: SharedPool,
  schoolId: string,
  work: (tx: SchoolTransaction) => Promise<T>,
): Promise<T> {
  const caller = new AbortController();
  let begin: () => void;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const transact = (): Promise<T> =>
    pool.transaction(async (tx) => {
      caller.signal.throwIfAborted();
      await tx.query(
        sql.typeAlias("nothing")`select set_config('app.school_id', ${schoolId}, true)`,
      );
      // The answer may have come just after the caller gave up.
      caller.signal.throwIfAborted();
      begin();
      return work(tx);
    });
  return whileWaited(caller, async () => {
    const finished = places.within(schoolId, transact, caller.signal);
    await withinDeadline(Promise.race([begun, finished]), beginDeadlineMs);
    return finished;
  });
}

/** Who waited in vain for a connection is told so: doing the work later would be a lie. */
async function whileWaited<T>(caller: AbortController, run: () => Promise<T>): Promise<T> {
  return orUnavailable(async () => {
    try {
      return await run();
    } catch (error) {
      caller.abort(new DarasaError("unavailable"));
      throw error;
    }
  });
}

const schoolBySlug = (slug: string) =>
  sql.type(
    z.object({ schoolId: z.string(), name: z.string() }),
  )`select school_id as "schoolId", name from find_school_by_slug(${slug})`;

const liveClassByCode = (code: string) =>
  sql.type(
    z.object({ schoolId: z.string(), liveClassId: z.string() }),
  )`select school_id as "schoolId", live_class_id as "liveClassId" from find_live_class_by_code(${code})`;

const schoolWithOwnMedia = (liveClassId: string) =>
  sql.type(
    z.object({ id: z.string().nullable() }),
  )`select find_school_with_own_media(${liveClassId}) as id`;

const allSchoolIds = sql.type(z.object({ id: z.string() }))`select list_school_ids() as id`;

const dueSchools = ({
  nowMs,
  ranBeforeMs,
}: {
  readonly nowMs: number;
  readonly ranBeforeMs: number;
}) =>
  sql.type(z.object({ id: z.string() }))`
    select list_due_schools(${sql.timestamp(new Date(nowMs))}, ${sql.timestamp(new Date(ranBeforeMs))}) as id`;

const newSchool = ({ slug, name }: { readonly slug: string; readonly name: string }) =>
  sql.type(z.object({ id: z.string().nullable() }))`select create_school(${slug}, ${name}) as id`;

const mediaClasses = (olderThanMs: number) =>
  sql.type(z.object({ schoolId: z.string(), liveClassId: z.string() }))`
    select school_id as "schoolId", live_class_id as "liveClassId"
    from claim_media_classes(make_interval(secs => ${olderThanMs / 1000}))`;

const endAbandoned = (idleMinutes: number) =>
  sql.type(
    z.object({ count: z.int() }),
  )`select end_abandoned_live_classes(make_interval(secs => ${idleMinutes * 60})) as count`;
