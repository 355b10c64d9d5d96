import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describeApi } from "../src/openapi.ts";

const generator = join(
  dirname(createRequire(import.meta.url).resolve("openapi-typescript")),
  "../bin/cli.js",
);

/** Where the client keeps the API's types. */
export const clientSchemaFile = new URL("../../client/src/api/schema.d.ts", import.meta.url);

/** The client's types of the API, as openapi-typescript makes them of the routes as they are now. */
export function renderClientSchema(): string {
  const input = JSON.stringify(describeApi());
  const run = spawnSync(process.execPath, [generator], { input, encoding: "utf8" });
  if (run.status === 0 && run.stdout !== "") return run.stdout;
  throw new Error("openapi-typescript is not installed, or refuses the document");
}
