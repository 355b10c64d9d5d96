import { join } from "node:path";
import type { DatabaseUrls } from "@darasa/database";
import type { LocalConfig } from "./config.ts";
import { gatewayNodeOptions } from "./gatewayNodeOptions.ts";
import type { Program } from "./keepRunning.ts";
import { endLeftOverProcess } from "./leftOverProcess.ts";
import type { Secrets } from "./secrets.ts";

interface ProgramSettings {
  readonly config: LocalConfig;
  readonly secrets: Secrets;
  readonly urls: DatabaseUrls;
  readonly realtimePort: number;
}

/** api and realtime as `npm start` runs them: production's two programs, on this machine. */
export function makePrograms(settings: ProgramSettings): { api: Program; realtime: Program } {
  const { config, secrets, urls, realtimePort } = settings;
  const shared = {
    ...config.environment,
    // The embedded default signs its demo teacher in by a link, which production refuses.
    NODE_ENV: "development",
    DATABASE_URL: urls.appUrl,
    TICKET_KEY: secrets.ticketKey,
  };
  // The browser reaches it through api, so that one address serves all.
  const realtimeUrl = `http://127.0.0.1:${realtimePort}`;
  const realtime = program(config, "realtime", {
    ...shared,
    HOST: "127.0.0.1",
    REALTIME_PORT: String(realtimePort),
    DATABASE_WRITER_URL: urls.writerUrl,
    SPILL_FOLDER: join(config.dataFolder, "unstored"),
  });
  const api = program(config, "api", {
    ...shared,
    HOST: config.host,
    PORT: String(config.port),
    REALTIME_URL: realtimeUrl,
    DATA_KEY: secrets.dataKey,
    ACCESS_TOKEN_KEY: JSON.stringify({ keys: secrets.accessTokenKeys.map(({ key }) => key) }),
    DEMO_KEY: secrets.demoKey,
    // On one's own machine everybody may try what a new school is like.
    SCHOOL_SIGN_UP: config.environment["SCHOOL_SIGN_UP"] ?? "true",
    CLIENT_DIR: config.clientFolder ?? join(config.root, "client", "dist"),
  });
  return {
    api: { ...api, readyUrl: `${ownUrl(config)}/readyz` },
    realtime: {
      ...realtime,
      nodeOptions: gatewayNodeOptions,
      readyUrl: `${realtimeUrl}/readyz`,
    },
  };
}

/** Where the process of a program is noted. */
function processFile(dataFolder: string, name: string): string {
  return join(dataFolder, `${name}.process`);
}

/** Ends what a killed supervisor of this data folder left: its ports are ours. */
export async function endLeftOverPrograms(dataFolder: string): Promise<void> {
  await Promise.all(
    ["api", "realtime"].map((name) => endLeftOverProcess(processFile(dataFolder, name))),
  );
}

function program(
  { root, dataFolder }: LocalConfig,
  name: string,
  environment: NodeJS.ProcessEnv,
): Omit<Program, "readyUrl"> {
  return {
    name,
    script: join(root, name, "src", "main.ts"),
    workingFolder: join(root, name),
    environment,
    logFile: join(dataFolder, "logs", `${name}.log`),
    processFile: processFile(dataFolder, name),
  };
}

/** Where api is reached from this machine. */
function ownUrl({ host, port, tls }: LocalConfig): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const bracketed = reachable.includes(":") ? `[${reachable}]` : reachable;
  return `${tls ? "https" : "http"}://${bracketed}:${port}`;
}
