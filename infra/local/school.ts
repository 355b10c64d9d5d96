import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { databaseUrls } from "@darasa/database";
import { loadLocalConfig, type LocalConfig } from "./config.ts";
import { PlainError } from "./plainError.ts";
import { clusterData } from "./postgres/createCluster.ts";
import { findPostgresPlace } from "./postgres/postgresPlace.ts";
import { findPostmaster } from "./postgres/postmaster.ts";
import { readRunningFile } from "./runningFile.ts";
import { loadSecrets } from "./secrets.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = fileURLToPath(new URL("../../api/src/operator/main.ts", import.meta.url));

/** The operator's command: on the database that is named, or else on the Darasa that `npm start` runs here. */
async function main(words: readonly string[]): Promise<number> {
  const environment = process.env["DATABASE_URL"]
    ? process.env
    : { ...process.env, ...(await findRunning(loadLocalConfig(process.env, root))) };
  const child = spawn(process.execPath, [program, ...words], {
    env: environment,
    stdio: "inherit",
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

/** @throws PlainError when nothing runs on the data folder */
async function findRunning(
  config: LocalConfig,
): Promise<{ readonly DATABASE_URL: string; readonly PUBLIC_URL: string }> {
  const { dataFolder } = config;
  const running = await readRunningFile(dataFolder);
  const server =
    running && (await findPostmaster(clusterData(await findPostgresPlace(dataFolder))));
  if (!server) {
    throw new PlainError(
      `No Darasa runs on ${dataFolder}. Start it with npm start, or say which database it is:\n` +
        "DATABASE_URL=… PUBLIC_URL=https://… npm run school -- list",
    );
  }
  const secrets = await loadSecrets(dataFolder, Date.now());
  const passwords = {
    owner: secrets.ownerPassword,
    app: secrets.appPassword,
    writer: secrets.writerPassword,
  };
  const { appUrl } = databaseUrls(`postgres://127.0.0.1:${server.port}`, passwords, "darasa");
  return { DATABASE_URL: appUrl, PUBLIC_URL: running.baseUrl };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exitCode = 1;
}
