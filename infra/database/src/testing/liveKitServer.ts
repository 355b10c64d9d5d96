import { findFreePort } from "./freePort.ts";
import { answersWell, startTestServer, type TestServer } from "./testServer.ts";

/** A LiveKit of a test's own, on this machine alone. */
export interface LiveKitTestServer extends Pick<TestServer, "pause" | "resume" | "start"> {
  /** Where browsers find it: ws://127.0.0.1:<port>. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Without a farewell, as in a crash; `start` brings it back at the same place, empty. */
  kill(): Promise<void>;
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
  const server = await startTestServer({
    title: "LiveKit",
    command: path,
    args: ["--config-body", settings],
    isReady: () => answersWell(`http://${origin}/`),
  });
  const kill = async () => {
    await server.end("SIGKILL");
  };
  return { ...server, url: `ws://${origin}`, apiKey, apiSecret, kill, close: kill };
}

/** One after the other: the system gives a port that was just let go to nobody else for a while. */
async function findDistinctPorts(): Promise<[number, number, number]> {
  return [await findFreePort(), await findFreePort(), await findFreePort()];
}
