import { fileURLToPath } from "node:url";
import { runSupervisor } from "../../runSupervisor.ts";

/** The real supervisor with tiny programs, for tests of what it does when they live and die. */
await runSupervisor(fileURLToPath(new URL(".", import.meta.url)));
