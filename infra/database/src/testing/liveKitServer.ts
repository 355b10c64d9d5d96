import { spawn } from "node:child_process";
import { once } from "node:events";
import { findFreePort } from "./freePort.ts";

/** A LiveKit of a test's own, on this machine alone. */
export interface LiveKitTestServer {
  /** Where browsers find it: ws://127.0.0.1:<port>. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Without a farewell, as in a crash. */
  kill(): Promise<void>;
  /** Answers nobody, and keeps its connections. */
  pause(): void;
  resume(): void;
  /** Again, empty, at the same place. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const apiKey = "darasa-test";
const apiSecret = "a secret of thirty-two bytes, or more";

/**
 * Starts LiveKit from that path; `webhookUrl` is told what happens. Its settings need no file, and all that it opens is
 * at 127.0.0.1, but for `rtc.tcp_port`, which it opens everywhere.
 */
export async function startLiveKitServer(
  path: string,
  { webhookUrl }: { readonly webhookUrl?: string } = {},
): Promise<LiveKitTestServer> {
  const [port, tcpPort, udpPort] = await findDistinctPorts();
  const settings = JSON.stringify({
    port,
    bind_addresses: ["127.0.0.1"],
    logging: { level: "error" },
    keys: { [apiKey]: apiSecret },
    rtc: {
      tcp_port: tcpPort,
      udp_port: udpPort,
      node_ip: "127.0.0.1",
      use_external_ip: false,
      enable_loopback_candidate: true,
      interfaces: { includes: ["lo"] },
    },
    ...(webhookUrl === undefined ? {} : { webhook: { api_key: apiKey, urls: [webhookUrl] } }),
  });
  const origin = `127.0.0.1:${String(port)}`;
  const run = () => spawn(path, ["--config-body", settings], { stdio: "ignore" });
  let child = run();
  const kill = async () => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  await answers(`http://${origin}/`);
  return {
    url: `ws://${origin}`,
    apiKey,
    apiSecret,
    kill,
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    async start() {
      child = run();
      await answers(`http://${origin}/`);
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) await kill();
    },
  };
}

/** One after the other: the system gives a port that was just let go to nobody else for a while. */
async function findDistinctPorts(): Promise<[number, number, number]> {
  return [await findFreePort(), await findFreePort(), await findFreePort()];
}

async function answers(url: string): Promise<void> {
  const deadlineMs = performance.now() + 15_000;
  while (!(await isThere(url))) {
    if (performance.now() > deadlineMs) throw new Error("LiveKit did not start.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
