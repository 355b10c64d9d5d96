import { protocolTimings } from "../../src/timings.ts";

// Imported before `main.ts` (`node --import`): the process is that of operators, and only does not wait so long.
Object.assign(protocolTimings, JSON.parse(process.env["TEST_TIMINGS"] ?? "{}"));
