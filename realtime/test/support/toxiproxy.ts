import { spawn } from "node:child_process";
import { once } from "node:events";
import { findFreePort } from "@darasa/database/testing";

/** A way to a server that a test can spoil. */
export interface ToxicWay {
  readonly port: number;
  /** Takes connections and what is sent, and answers nothing. */
  blackhole(): Promise<void>;
  /** Every answer comes so much later. */
  slow(latencyMs: number): Promise<void>;
  /** Every connection ends as soon as so many more bytes were answered on it; what is sent gets there. */
  cutAnswerAfter(bytes: number): Promise<void>;
  /** Refuses connections and ends those there are. */
  refuse(): Promise<void>;
  /** As it was made. */
  heal(): Promise<void>;
}

/** A toxiproxy of a test's own. */
export interface Toxiproxy {
  /** A new way to a port of this machine. */
  wayTo(port: number): Promise<ToxicWay>;
  stop(): Promise<void>;
}

/** Starts it. */
export async function startToxiproxy(path: string): Promise<Toxiproxy> {
  const port = await findFreePort();
  const child = spawn(path, ["-host", "127.0.0.1", "-port", String(port)], { stdio: "ignore" });
  const api = `http://127.0.0.1:${String(port)}`;
  await answers(api);
  let count = 0;
  return {
    async wayTo(upstreamPort) {
      count += 1;
      return openWay(api, `way${String(count)}`, upstreamPort);
    },
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** What toxiproxy does to one direction. */
interface Toxic {
  readonly type: string;
  readonly stream: string;
  readonly attributes: Readonly<Record<string, number>>;
}

async function openWay(api: string, name: string, upstreamPort: number): Promise<ToxicWay> {
  const upstream = `127.0.0.1:${String(upstreamPort)}`;
  const made = await ask(`${api}/proxies`, {
    name,
    listen: "127.0.0.1:0",
    upstream,
    enabled: true,
  });
  const { listen } = (await made.json()) as { listen: string };
  const proxy = `${api}/proxies/${name}`;
  const put = async ({ type, stream, attributes }: Toxic) => {
    await ask(`${proxy}/toxics`, { type, stream, name: `${type}-${stream}`, attributes });
  };
  const spoil = async (type: string, attributes: Record<string, number>) => {
    for (const stream of ["upstream", "downstream"]) await put({ type, stream, attributes });
  };
  return {
    port: Number(listen.slice(listen.lastIndexOf(":") + 1)),
    blackhole: () => spoil("timeout", { timeout: 0 }),
    slow: (latencyMs) => spoil("latency", { latency: latencyMs / 2 }),
    cutAnswerAfter: (bytes) =>
      put({ type: "limit_data", stream: "downstream", attributes: { bytes } }),
    async refuse() {
      await ask(proxy, { enabled: false });
    },
    async heal() {
      const found = await fetch(`${proxy}/toxics`);
      for (const toxic of (await found.json()) as { name: string }[]) {
        await fetch(`${proxy}/toxics/${toxic.name}`, { method: "DELETE" });
      }
      await ask(proxy, { enabled: true });
    },
  };
}

async function ask(url: string, body: unknown): Promise<Response> {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`toxiproxy: ${await answer.text()}`);
  return answer;
}

async function answers(api: string): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!(await fetch(`${api}/version`).catch(() => null))?.ok) {
    if (performance.now() > deadlineMs) throw new Error("toxiproxy did not start");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
