import { spawnSync } from "node:child_process";
import { describeApi } from "../src/openapi.ts";

const generator = new URL(
  "../../client/node_modules/openapi-typescript/bin/cli.js",
  import.meta.url,
);
const hoistedGenerator = new URL(
  "../../node_modules/openapi-typescript/bin/cli.js",
  import.meta.url,
);

/** Where the client keeps the API's types. */
export const clientSchemaFile = new URL("../../client/src/api/schema.d.ts", import.meta.url);

/** The client's types of the API, as openapi-typescript makes them of the routes as they are now. */
export function renderClientSchema(): string {
  const input = JSON.stringify(describeApi());
  for (const program of [generator, hoistedGenerator]) {
    const run = spawnSync(process.execPath, [program.pathname], { input, encoding: "utf8" });
    if (run.status === 0 && run.stdout !== "") return run.stdout;
  }
  throw new Error("openapi-typescript is not installed, or refuses the document");
}
