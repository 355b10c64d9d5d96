import { resolve } from "node:path";
import * as z from "zod";
import { PlainError } from "./plainError.ts";

const port = z.coerce.number().pipe(z.int().min(0).max(65_535));

const schema = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  /** Not set: 3001, or any free port when that is taken; nobody but api needs to know. */
  REALTIME_PORT: port.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TLS_CERT_FILE: z.string().optional(),
  /** Set: these files are served, and nothing is built. */
  CLIENT_DIR: z.string().optional(),
  DARASA_DATA_DIR: z.string().default(".darasa"),
});

export interface LocalConfig {
  readonly host: string;
  readonly port: number;
  readonly realtimePort: number | null;
  readonly publicUrl: string | null;
  readonly tls: boolean;
  readonly clientFolder: string | null;
  /** Absolute: secrets, logs, and the database of an ordinary user. */
  readonly dataFolder: string;
  /** The checkout. */
  readonly root: string;
  /** Handed on to api and realtime, which validate their own. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * The settings of `npm start`; a variable that is set to nothing counts as not set.
 * @throws PlainError naming every wrong one.
 */
export function loadLocalConfig(environment: NodeJS.ProcessEnv, root: string): LocalConfig {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join("."));
    throw new PlainError(`These settings cannot be used: ${names.join(", ")}.`);
  }
  const settings = parsed.data;
  return {
    host: settings.HOST,
    port: settings.PORT,
    realtimePort: settings.REALTIME_PORT ?? null,
    publicUrl: settings.PUBLIC_URL?.replace(/\/$/, "") ?? null,
    tls: settings.TLS_CERT_FILE !== undefined,
    clientFolder: settings.CLIENT_DIR === undefined ? null : resolve(root, settings.CLIENT_DIR),
    dataFolder: resolve(root, settings.DARASA_DATA_DIR),
    root,
    environment: Object.fromEntries(given),
  };
}
