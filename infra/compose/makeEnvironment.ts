import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { rotateAccessTokenKeys } from "../local/accessTokenKeys.ts";

/** The settings of a new installation at that address: fresh secrets, and nothing that one must not lose twice. */
export function makeEnvironment(publicUrl: string, nowMs: number): Record<string, string> {
  const secret = () => randomBytes(32).toString("base64url");
  const keys = rotateAccessTokenKeys([], nowMs).map(({ key }) => key);
  return {
    PUBLIC_URL: publicUrl,
    POSTGRES_PASSWORD: secret(),
    OWNER_PASSWORD: secret(),
    APP_PASSWORD: secret(),
    WRITER_PASSWORD: secret(),
    TICKET_KEY: secret(),
    DATA_KEY: secret(),
    METRICS_TOKEN: secret(),
    ACCESS_TOKEN_KEY: JSON.stringify({ keys }),
  };
}

/** As compose reads it: in single quotes nothing is replaced. */
export function printEnvironment(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
}

if (import.meta.main) {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [publicUrl = ""] = positionals;
  if (!URL.canParse(publicUrl) || !publicUrl.startsWith("https://")) {
    console.error("Usage: makeEnvironment.ts https://the.address.that.people.use > .env");
    process.exit(1);
  }
  process.stdout.write(printEnvironment(makeEnvironment(new URL(publicUrl).origin, Date.now())));
}
