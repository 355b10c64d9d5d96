import { fileURLToPath } from "node:url";
import { buildClient } from "../local/clientBuild.ts";

await buildClient(fileURLToPath(new URL("../..", import.meta.url)), console.log);
