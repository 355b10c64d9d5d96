import { spawn } from "node:child_process";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../writeWhole.ts";
import type { PostgresPlace } from "./postgresPlace.ts";
import { openPostgresLog, readLogEnd } from "./postgresLog.ts";

const majorVersion = "18";

/** The environment of the Postgres programs: nothing of ours, so that it behaves alike everywhere. */
export const postgresEnvironment = { LC_ALL: "C.UTF-8", TZ: "UTC" };

/**
 * Makes the cluster in `place` unless it is complete; one that was cut off in the making starts anew.
 * `superuserPassword` becomes that of the role `postgres`.
 * @throws Error in plain words when the cluster is of another major version, or cannot be made.
 */
export async function createCluster(
  place: PostgresPlace,
  superuserPassword: string,
  onProgress: (line: string) => void,
): Promise<void> {
  const marker = join(place.folder, "ready");
  const ready = (await readFile(marker, "utf8").catch(() => "")).trim();
  if (ready === majorVersion) return;
  if (ready !== "") {
    throw new Error(
      `The data in ${place.folder} belongs to Postgres ${ready}, and this is ${majorVersion}.`,
    );
  }
  onProgress("Making the database (once) …");
  const data = join(place.folder, "data");
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  const passwordFile = join(place.folder, "initial-password");
  await rm(passwordFile, { force: true });
  try {
    await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
    if (place.runAs) {
      await chown(data, place.runAs.uid, place.runAs.gid);
      await chown(passwordFile, place.runAs.uid, place.runAs.gid);
    }
    await runInitdb(place, data, passwordFile);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeWhole(marker, `${majorVersion}\n`);
}

async function runInitdb(place: PostgresPlace, data: string, passwordFile: string): Promise<void> {
  const log = await openPostgresLog(place.folder);
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
  throw new Error(`The database could not be made:\n${await readLogEnd(place.folder)}`);
}
