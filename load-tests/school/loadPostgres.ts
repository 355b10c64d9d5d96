import { setTimeout as delay } from "node:timers/promises";
import { migrate, prepareCluster } from "@darasa/database";
import { isPortFree } from "../../infra/local/freePort.ts";
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from "../../infra/local/postgres/embeddedPostgres.ts";
import { findPostgresPlace } from "../../infra/local/postgres/postgresPlace.ts";
import { makeTestFolder, removeTestFolder } from "../../infra/local/testing/testFolder.ts";

const portWithinMs = 30_000;

/** Where the programs and we reach one database. */
export interface DatabasePlace {
  /** As superuser, in the schools' own database. */
  readonly superuserUrl: string;
  readonly appUrl: string;
  readonly writerUrl: string;
}

/** A Postgres of one's own, set as `npm start` sets it: what it called committed survives its death. */
export interface LoadPostgres extends DatabasePlace {
  readonly ownerUrl: string;
  /** Of the latest start. */
  pid(): number;
  /** Without a farewell: SIGKILL of the postmaster, or an immediate shutdown. */
  kill(how: "SIGKILL" | "SIGQUIT"): Promise<void>;
  /** Again, at the same port, on the same files. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts it, with the roles and tables of Darasa; `prepareDisk` is given the folder that all its files will be in. */
export async function startLoadPostgres(
  settings: Readonly<Record<string, string>> = {},
  prepareDisk: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<LoadPostgres> {
  const folder = await makeTestFolder();
  const place = await findPostgresPlace(folder);
  await prepareDisk(place.folder);
  const launch = (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({
      place,
      superuserPassword: "superuser",
      settings: { max_connections: "200", ...settings },
      onProgress: () => undefined,
    });
  try {
    let server = await launch();
    const passwords = { owner: "owner", app: "app", writer: "writer" };
    const { ownerUrl, appUrl, writerUrl } = await prepareCluster(server.superuserUrl, {
      passwords,
    });
    await migrate(ownerUrl);
    const superuserUrl = new URL(server.superuserUrl);
    superuserUrl.pathname = new URL(appUrl).pathname;
    return {
      superuserUrl: superuserUrl.href,
      ownerUrl,
      appUrl,
      writerUrl,
      pid: () => server.pid,
      async kill(how) {
        process.kill(server.pid, how);
        await server.waitUntilGone();
      },
      async start() {
        // Somebody's connection may go out from it meanwhile, and another would be taken.
        const { hostname, port } = superuserUrl;
        const deadlineMs = performance.now() + portWithinMs;
        while (!(await isPortFree(hostname, Number(port)))) {
          if (performance.now() > deadlineMs) throw new Error(`Port ${port} is taken`);
          await delay(20);
        }
        server = await launch();
      },
      remove: () => removeTestFolder(folder),
    };
  } catch (error) {
    await removeTestFolder(folder);
    throw error;
  }
}
