import { join } from "node:path";
import { launch } from "../launch.ts";
import { installFromNpm, installProblem } from "./install.ts";
import type { ServerKind } from "./server.ts";

const programs = join(import.meta.dirname, "programs");

interface NodePeer {
  readonly name: string;
  readonly title: string;
  readonly dialect: string;
  readonly package: string;
  readonly version: string;
  readonly program: string;
}

/** `ws`, as most would use it. */
export const wsLoop: NodePeer = {
  name: "ws",
  title: "ws, looping",
  dialect: "plain",
  package: "ws",
  version: "8.23.0",
  program: "wsLoop.mjs",
};

export const socketIo: NodePeer = {
  name: "socketio",
  title: "Socket.IO",
  dialect: "socketio",
  package: "socket.io",
  version: "4.8.4",
  program: "socketIo.mjs",
};

/** A peer that runs on the same Node.js as we do. */
export function createNodePeer(cores: string, peer: NodePeer): ServerKind {
  let folder = "";
  return {
    name: peer.name,
    title: peer.title,
    dialect: peer.dialect,
    async prepare() {
      try {
        folder = await installFromNpm(peer.name, [`${peer.package}@${peer.version}`]);
        return { ok: true, versions: `${peer.package} ${peer.version}` };
      } catch (error) {
        return { ok: false, reason: installProblem(error) };
      }
    },
    async start() {
      const { pid, port, output, stop } = await launch({
        cores,
        command: process.execPath,
        args: [join(programs, peer.program), folder],
        ready: /^listening (\d+)/m,
      });
      return { port, pids: [pid], pidsBeside: [], flags: [], output, stop };
    },
  };
}
