import { buildClient } from "./clientBuild.ts";
import type { LocalConfig } from "./config.ts";
import { prepareDataFolder } from "./dataFolder.ts";
import { findFreePort, isPortFree, refuseTakenPort } from "./freePort.ts";
import { leaving, takeInstanceLock, type InstanceLock } from "./instanceLock.ts";
import { keepPostgresRunning, type KeptPostgres } from "./keepPostgresRunning.ts";
import { keepRunning, type KeepRunningEvents, type KeptProgram } from "./keepRunning.ts";
import { makeLinks } from "./links.ts";
import { findPostgresPlace, type PostgresPlace } from "./postgres/postgresPlace.ts";
import { prepareSchool, type PreparedSchool } from "./prepareSchool.ts";
import { endLeftOverPrograms, makePrograms } from "./programs.ts";
import { removeRunningFile, writeRunningFile, type Running } from "./runningFile.ts";
import { loadSecrets, type Secrets } from "./secrets.ts";
import type { Shutdown } from "./shutdown.ts";

export interface StartOptions {
  readonly config: LocalConfig;
  /** Undoes what was started; whoever calls runs it, also when the start fails. */
  readonly shutdown: Shutdown;
  /** Told about each long step and each incident, in plain words. */
  readonly onProgress: (line: string) => void;
}

const preferredRealtimePort = 3001;

/**
 * Starts everything and resolves when it can be used; from then on, what dies is started again.
 * @throws PlainError saying what to do: port taken, folder not writable, running already …
 */
export async function startDarasa(options: StartOptions): Promise<Running> {
  const { config, shutdown, onProgress } = options;
  await prepareDataFolder(config.dataFolder);
  const place = await findPostgresPlace(config.dataFolder);
  const lock = await holdLock(place, options);
  await endLeftOverPrograms(config.dataFolder);
  await refuseTakenPort(config.host, config.port);
  const secrets = await loadSecrets(config.dataFolder, Date.now());
  if (config.clientFolder === null) await buildClient(config.root, onProgress);
  shutdown.signal.throwIfAborted();

  let tellState = (): Promise<void> => Promise.resolve();
  const events = { onProgress, onRestarted: () => void tellState().catch(() => undefined) };
  const postgres = startPostgres({ place, secrets, events }, options);
  const { superuserUrl, reused } = await postgres.ready;
  if (reused) onProgress("The database of an earlier run was still there; going on with it.");
  const school = await prepareSchool(superuserUrl, secrets, onProgress);
  shutdown.signal.throwIfAborted();

  onProgress("Starting realtime and api …");
  const programs = await startPrograms({ school, secrets, events }, options);
  const running = (): Running => ({
    ...makeLinks(config, secrets.demoKey, school.code),
    password: secrets.demoPassword,
    processes: {
      supervisor: process.pid,
      postgres: postgres.pid,
      realtime: programs.realtime.pid,
      api: programs.api.pid,
    },
  });
  tellState = () => writeRunningFile(config.dataFolder, running());
  shutdown.add(() => removeRunningFile(config.dataFolder));
  await tellState();
  shutdown.signal.throwIfAborted();
  lock.say(running().baseUrl);
  return running();
}

async function holdLock(
  place: PostgresPlace,
  { shutdown, onProgress }: StartOptions,
): Promise<InstanceLock> {
  const lock = await takeInstanceLock(place.folder, onProgress);
  shutdown.add(() => lock.release());
  shutdown.signal.addEventListener("abort", () => lock.say(leaving));
  return lock;
}

function startPostgres(
  parts: { place: PostgresPlace; secrets: Secrets; events: KeepRunningEvents },
  { shutdown, onProgress }: StartOptions,
): KeptPostgres {
  const { place, secrets, events } = parts;
  const superuserPassword = secrets.superuserPassword;
  const postgres = keepPostgresRunning({ place, superuserPassword, onProgress }, events);
  shutdown.add(() => postgres.stop());
  return postgres;
}

async function startPrograms(
  parts: { school: PreparedSchool; secrets: Secrets; events: KeepRunningEvents },
  { config, shutdown }: StartOptions,
): Promise<{ realtime: KeptProgram; api: KeptProgram }> {
  const { school, secrets, events } = parts;
  const realtimePort = config.realtimePort ?? (await chooseRealtimePort());
  const programs = makePrograms({ config, secrets, urls: school.urls, realtimePort });
  const realtime = keepRunning(programs.realtime, events);
  const api = keepRunning(programs.api, events);
  shutdown.add(async () => {
    await Promise.all([api.stop(), realtime.stop()]);
  });
  await Promise.all([realtime.ready, api.ready]);
  return { realtime, api };
}

/** Nobody but api needs to know it: another program there is no reason to stop. */
async function chooseRealtimePort(): Promise<number> {
  const host = "127.0.0.1";
  if (await isPortFree(host, preferredRealtimePort)) return preferredRealtimePort;
  return findFreePort(host);
}
