import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "../launch.ts";
import type { ServerKind } from "./server.ts";

const program = join(import.meta.dirname, "programs/rawUws.mjs");

/** What the gateway stands on, with nothing on top: the measure of all others. */
export function createRawUws(cores: string): ServerKind {
  return {
    name: "uws",
    title: "raw uWebSockets.js",
    dialect: "plain",
    prepare: () => {
      const { version } = createRequire(import.meta.url)("uWebSockets.js/package.json") as {
        version: string;
      };
      return Promise.resolve({ ok: true, versions: `uWebSockets.js ${version}` });
    },
    async start() {
      const { pid, port, output, stop } = await launch({
        cores,
        command: process.execPath,
        args: [program],
        ready: /^listening (\d+)/m,
      });
      return { port, pids: [pid], pidsBeside: [], flags: [], output, stop };
    },
  };
}
