import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../../infra/local/freePort.ts";
import { launch } from "../launch.ts";
import type { ServerKind } from "./server.ts";

/** Anybody may connect, subscribe and publish: what it does beyond that is asked of nobody here. */
const settings = {
  client: {
    insecure: true,
    allow_anonymous_connect_without_token: true,
    allowed_origins: ["*"],
  },
  channel: {
    without_namespace: {
      allow_subscribe_for_client: true,
      allow_subscribe_for_anonymous: true,
      allow_publish_for_subscriber: true,
      allow_publish_for_anonymous: true,
    },
  },
  log: { level: "error" },
};

/** Centrifugo with its engine in memory, on one core as all; where its program is installed. */
export function createCentrifugo(cores: string): ServerKind {
  const program = process.env["CENTRIFUGO_PATH"] ?? "centrifugo";
  return {
    name: "centrifugo",
    title: "Centrifugo, JSON",
    dialect: "centrifugo",
    prepare: () => {
      try {
        const said = execFileSync(program, ["version"], { encoding: "utf8", stdio: "pipe" });
        const version = /v?(\d+\.\d+\.\d+)/.exec(said)?.[1] ?? said.trim();
        return Promise.resolve({ ok: true, versions: `Centrifugo ${version}` });
      } catch {
        const reason = "its program is neither in the path nor named by CENTRIFUGO_PATH";
        return Promise.resolve({ ok: false, reason });
      }
    },
    async start() {
      const folder = await mkdtemp(join(tmpdir(), "darasa-compare-"));
      const port = await findFreePort("127.0.0.1");
      const http_server = { address: "127.0.0.1", port };
      const file = join(folder, "config.json");
      await writeFile(file, JSON.stringify({ ...settings, http_server }));
      const server = await launch({
        cores,
        command: program,
        args: ["--config", file],
        ready: async () => {
          const answer = await fetch(`http://127.0.0.1:${port}/connection/websocket`).catch(
            () => null,
          );
          return answer !== null;
        },
        port,
      });
      const stop = async () => {
        await server.stop();
        await rm(folder, { recursive: true });
      };
      return { port, pids: [server.pid], pidsBeside: [], flags: [], output: server.output, stop };
    },
  };
}
