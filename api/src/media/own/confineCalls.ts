import { ServerError } from "livekit-server-sdk";
import type { LiveKitServer } from "../mediaServers.ts";
import { requestPublic } from "./requestPublic.ts";

/** `livekit-server-sdk/TwirpRPC#Rpc`, through which its clients ask everything. */
interface Calls {
  request(
    service: string,
    method: string,
    data: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<unknown>;
}

/**
 * A client of LiveKit's, that from now on reaches public addresses alone and follows no redirect where the server is
 * one of those that schools may not have elsewhere. The SDK has no setting for that: its calls are replaced.
 */
export function confineCalls<Client extends object>(
  client: Client,
  { url, isPublicOnly }: Pick<LiveKitServer, "url" | "isPublicOnly">,
  timeoutMs: number,
): Client {
  if (isPublicOnly !== true) return client;
  const calls: Calls = {
    // eslint-disable-next-line max-params -- the SDK's own shape
    async request(service, method, data, headers) {
      const { status, text } = await requestPublic(
        new URL(`/twirp/livekit.${service}/${method}`, url.replace(/^ws/, "http")),
        {
          method: "POST",
          headers: { ...headers, "Content-Type": "application/json" },
          body: JSON.stringify(data),
          timeoutMs,
        },
      );
      if (status === 200) return JSON.parse(text) as unknown;
      throw new ServerError("", "LiveKit refused", status, readCode(text));
    },
  };
  Reflect.set(client, "rpc", calls);
  return client;
}

function readCode(text: string): string | undefined {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === "string" ? code : undefined;
  } catch {
    return undefined;
  }
}
