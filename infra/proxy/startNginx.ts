import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "@darasa/database/testing";

/** Addresses of what stands behind the proxy: `127.0.0.1:3000`. */
export interface Upstreams {
  readonly api: readonly string[];
  readonly realtime: readonly string[];
}

/** An nginx with our configuration, of a test's own. */
export interface Nginx {
  /** Without a slash at its end. */
  readonly url: string;
  /** What it has logged. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Those that the package is built with exist only where it was installed. */
const temporaryPaths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  .map((name) => `  ${name}_temp_path temporary-${name};\n`)
  .join("");

/** A folder with our configuration in which hosts stand for those that compose names, and what else a test says. */
export async function copyConfiguration(
  change: (text: string, file: string) => string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-nginx-"));
  for (const file of ["nginx.conf", "upstreams.conf", "listen.conf"]) {
    await cp(join(import.meta.dirname, file), join(folder, file));
    const path = join(folder, file);
    // Node hands a child sockets for these two, which cannot be opened by name.
    const text = (await readFile(path, "utf8"))
      .replace("/dev/stdout", "access.log")
      .replace("/dev/stderr", "error.log")
      .replace(/^http \{$/m, `http {\n${temporaryPaths}`);
    await writeFile(path, change(text, file));
  }
  return folder;
}

/** What `nginx -t` says about a configuration. */
export function checkConfiguration(nginx: string, folder: string): { ok: boolean; said: string } {
  const run = spawnSync(nginx, ["-t", ...options(folder)], { encoding: "utf8" });
  return { ok: run.status === 0, said: run.stderr };
}

/** Starts it without TLS on a port of its own, in front of these. */
export async function startNginx(nginx: string, upstreams: Upstreams): Promise<Nginx> {
  const port = await findFreePort();
  const folder = await copyConfiguration((text, file) => {
    if (file === "listen.conf") return `listen 127.0.0.1:${port};\n`;
    return file === "upstreams.conf" ? replaceServers(text, upstreams) : text;
  });
  const child = spawn(nginx, options(folder), { stdio: ["ignore", "ignore", "pipe"] });
  let fault = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (fault += text));
  const url = `http://127.0.0.1:${port}`;
  const deadlineMs = performance.now() + 10_000;
  while ((await fetch(`${url}/metrics`).catch(() => null)) === null) {
    if (child.exitCode !== null || performance.now() > deadlineMs) throw new Error(fault);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    log: () => readFile(join(folder, "access.log"), "utf8"),
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Each block keeps what it says about balancing, with these for its servers. */
function replaceServers(text: string, { api, realtime }: Upstreams): string {
  return text.replace(/upstream (\w+) \{[^}]*\}/g, (block, name: string) => {
    const [first = ""] = /^ *server .*$/m.exec(block) ?? [];
    const lines = (name === "api" ? api : realtime).map((address) =>
      first.replace(/server \S+/, `server ${address}`),
    );
    return block.replace(/(^ *server .*\n)+/m, `${lines.join("\n")}\n`);
  });
}

/** In the foreground, with everything that it writes in the folder. */
function options(folder: string): string[] {
  return ["-p", folder, "-c", "nginx.conf", "-g", "daemon off; pid nginx.pid;"];
}
