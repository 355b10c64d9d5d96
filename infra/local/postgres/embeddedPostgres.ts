import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { errorCode } from "../errorCode.ts";
import { findFreePort, isPortFree } from "../freePort.ts";
import { openLog, readLogEnd } from "../logFile.ts";
import { PlainError } from "../plainError.ts";
import { writeWhole } from "../writeWhole.ts";
import { clusterData, createCluster, postgresEnvironment, postgresLog } from "./createCluster.ts";
import type { PostgresPlace } from "./postgresPlace.ts";
import {
  findPostmaster,
  isPostmasterOf,
  stopPostmaster,
  waitUntilGone,
  type Postmaster,
} from "./postmaster.ts";

export interface EmbeddedPostgresOptions {
  readonly place: PostgresPlace;
  /** Of the role `postgres`; taken over when the cluster is made. */
  readonly superuserPassword: string;
  /** Settings as in `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told about each long step, in plain words. */
  readonly onProgress: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly superuserUrl: string;
  readonly pid: number;
  /** True when it ran already: an earlier start was killed and left it behind. */
  readonly reused: boolean;
  /** Resolves when the server process is gone, for whatever reason. */
  waitUntilGone(): Promise<void>;
}

const host = "127.0.0.1";
const pollMs = 50;
const lockFileRetryMs = 5_000;
const readyTimeoutMs = 60_000;

/**
 * A running Postgres on the cluster in `place`, which is made when it is not there. It outlives this
 * process until `stop`.
 * @throws PlainError, with the end of the server's log.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { place, superuserPassword } = options;
  await createCluster(place, superuserPassword, options.onProgress);
  const data = clusterData(place);
  const found = await findPostmaster(data);
  const urlOf = (server: Postmaster): string =>
    `postgres://postgres:${encodeURIComponent(superuserPassword)}@${host}:${server.port}/postgres`;
  if (found && (await becomesReady(found, data, urlOf(found)))) {
    return handle(found, { data, superuserUrl: urlOf(found), reused: true });
  }
  const deadlineMs = Date.now() + lockFileRetryMs;
  for (;;) {
    const server = await launch(options, data);
    if (await becomesReady(server, data, urlOf(server))) {
      return handle(server, { data, superuserUrl: urlOf(server), reused: false });
    }
    const why = await readLogEnd(postgresLog(place));
    // After a SIGKILL of the old server its workers may hold the lock for a moment, and say last that it is gone.
    if (!/lock file|shared memory block|postmaster exit/.test(why) || Date.now() > deadlineMs) {
      throw new PlainError(`Postgres did not start:\n${why}`);
    }
    await delay(200);
  }
}

/** Stops the server of this place, whoever started it: a fast shutdown, which loses nothing committed. */
export async function stopEmbeddedPostgres(place: PostgresPlace): Promise<void> {
  const data = clusterData(place);
  const server = await findPostmaster(data);
  if (server) await stopPostmaster(server, data);
}

async function launch(
  { place, settings }: EmbeddedPostgresOptions,
  data: string,
): Promise<Postmaster> {
  const port = await choosePort(place.folder);
  const log = await openLog(postgresLog(place));
  const all = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: "",
    ...settings,
  };
  const server = spawn(
    join(place.programs, "bin", "postgres"),
    ["-D", data, ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    {
      // Detached, or Ctrl-C would stop it before those who write to it.
      detached: true,
      cwd: "/",
      env: postgresEnvironment,
      stdio: ["ignore", log.fd, log.fd],
      ...place.runAs,
    },
  );
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("spawn", resolve);
      server.once("error", reject);
    });
  } finally {
    await log.close();
  }
  server.unref();
  return { pid: server.pid ?? 0, port };
}

/** The port of last time, so that tools which a developer pointed here go on working; else a free one. */
async function choosePort(folder: string): Promise<number> {
  const file = join(folder, "port");
  const last = Number(await readFile(file, "utf8").catch(() => ""));
  if (Number.isInteger(last) && last > 0 && (await isPortFree(host, last))) return last;
  const port = await findFreePort(host);
  await writeWhole(file, `${port}\n`);
  return port;
}

/** True once it takes connections; false when the process ended before. */
async function becomesReady(server: Postmaster, data: string, url: string): Promise<boolean> {
  const deadlineMs = Date.now() + readyTimeoutMs;
  while (Date.now() < deadlineMs) {
    if (await takesConnections(url)) return true;
    if (!(await isPostmasterOf(server.pid, data))) return false;
    await delay(pollMs);
  }
  throw new PlainError("Postgres started, but took no connection within a minute.");
}

/** @throws PlainError when the cluster has another password: waiting would not help. */
async function takesConnections(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    if (errorCode(error) !== "28P01") return false;
    throw new PlainError(
      "The database has another password than secrets.json: that file was deleted or replaced.\n" +
        "Put the old one back, or remove the whole data folder to begin anew.",
      { cause: error },
    );
  }
}

function handle(
  server: Postmaster,
  rest: { readonly data: string; readonly superuserUrl: string; readonly reused: boolean },
): EmbeddedPostgres {
  return {
    superuserUrl: rest.superuserUrl,
    pid: server.pid,
    reused: rest.reused,
    waitUntilGone: () => waitUntilGone(server, rest.data),
  };
}
