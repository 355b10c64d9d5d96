import { answersWell, findFreePort, startTestServer } from "@darasa/database/testing";

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
  const api = `http://127.0.0.1:${String(port)}`;
  const server = await startTestServer({
    title: "toxiproxy",
    command: path,
    args: ["-host", "127.0.0.1", "-port", String(port)],
    isReady: () => answersWell(`${api}/version`),
  });
  let count = 0;
  return {
    async wayTo(upstreamPort) {
      count += 1;
      return openWay(api, `way${String(count)}`, upstreamPort);
    },
    async stop() {
      await server.end("SIGKILL");
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
