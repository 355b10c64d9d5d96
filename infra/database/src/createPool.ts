import pg from "pg";

/** What differs between our small pools of bare pg. */
interface PoolPlan {
  readonly url: string;
  /** What Postgres calls its connections. */
  readonly name: string;
  readonly maxConnections: number;
  /** Postgres gives a statement up after so long … */
  readonly statementTimeoutMs: number;
  /** … and we a Postgres that does not even say so. */
  readonly deadlineMs: number;
}

const connectTimeoutMs = 2_000;

/** A pool that connects when it is first asked, and never keeps anybody waiting for a server that is gone. */
export function createPool(plan: PoolPlan): pg.Pool {
  const pool = new pg.Pool({
    connectionString: plan.url,
    max: plan.maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: plan.deadlineMs,
    statement_timeout: plan.statementTimeoutMs,
    application_name: plan.name,
  });
  // A connection that breaks while idle: the next question gets a new one, or the error.
  pool.on("error", () => undefined);
  return pool;
}
