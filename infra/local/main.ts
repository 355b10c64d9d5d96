import { fileURLToPath } from "node:url";
import { runSupervisor } from "./runSupervisor.ts";

await runSupervisor(fileURLToPath(new URL("../..", import.meta.url)));
