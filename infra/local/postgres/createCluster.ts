import { spawn } from "node:child_process";
import { chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openLog, readLogEnd } from "../logFile.ts";
import { PlainError } from "../plainError.ts";
import type { PostgresPlace } from "./postgresPlace.ts";

const majorVersion = "18";
const halfMadePrefix = "making-";

/** The environment of the Postgres programs: nothing of ours, so that it behaves alike everywhere. */
export const postgresEnvironment = { LC_ALL: "C.UTF-8", TZ: "UTC" };

/** Where initdb and the server write what they have to say. */
export function postgresLog(place: PostgresPlace): string {
  return join(place.folder, "postgres.log");
}

/** The data of the cluster; it is there if and only if the cluster is complete. */
export function clusterData(place: PostgresPlace): string {
  return join(place.folder, "data");
}

/**
 * Makes the cluster in `place` unless it is there. It is made elsewhere and gets its name at the end, so
 * that one which was cut off in the making starts anew. `superuserPassword` becomes that of `postgres`.
 * @throws PlainError when the cluster is of another major version, or cannot be made.
 */
export async function createCluster(
  place: PostgresPlace,
  superuserPassword: string,
  onProgress: (line: string) => void,
): Promise<void> {
  const data = clusterData(place);
  const version = (await readFile(join(data, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (version === majorVersion) return;
  if (version !== "") {
    throw new PlainError(`The data in ${data} is of Postgres ${version}; this is ${majorVersion}.`);
  }
  onProgress("Making the database (once) …");
  await removeHalfMade(place);
  const half = await mkdtemp(join(place.folder, halfMadePrefix));
  const passwordFile = `${half}.password`;
  try {
    await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
    for (const path of place.runAs ? [half, passwordFile] : []) {
      await chown(path, place.runAs?.uid ?? 0, place.runAs?.gid ?? 0);
    }
    await runInitdb(place, half, passwordFile);
    await rename(half, data);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** What earlier starts left; the initdb of one that was killed may go on for a second. */
async function removeHalfMade({ folder }: PostgresPlace): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(halfMadePrefix)) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function runInitdb(place: PostgresPlace, data: string, passwordFile: string): Promise<void> {
  const log = await openLog(postgresLog(place));
  const initdb = spawn(
    join(place.programs, "bin", "initdb"),
    [
      `--pgdata=${data}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
    ],
    { cwd: "/", env: postgresEnvironment, stdio: ["ignore", log.fd, log.fd], ...place.runAs },
  );
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    initdb.once("error", reject);
    initdb.once("exit", resolve);
  }).finally(() => log.close());
  if (exitCode === 0) return;
  throw new PlainError(`The database could not be made:\n${await readLogEnd(postgresLog(place))}`);
}
