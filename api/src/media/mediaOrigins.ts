import type { Config } from "../config.ts";

/** Origins of media servers, by what a page does with them. */
export interface MediaOrigins {
  /** It sends and receives there. */
  readonly connect: readonly string[];
  /** It plays what lies there. */
  readonly play: readonly string[];
  /** It runs their script and shows them in a frame, which has camera and microphone. */
  readonly frame: readonly string[];
}

/** Those of the media servers that the environment names: pages may reach these and no others. */
export function mediaOrigins(
  config: Pick<Config, "LIVEKIT_URL" | "JITSI_DOMAIN" | "RECORDINGS_S3_ENDPOINT">,
): MediaOrigins {
  const { LIVEKIT_URL: livekit, JITSI_DOMAIN: jitsi, RECORDINGS_S3_ENDPOINT: s3 } = config;
  return {
    connect: livekit === undefined ? [] : bothSchemes(livekit),
    play: s3 === undefined ? [] : [new URL(s3).origin],
    frame: jitsi === undefined ? [] : [`https://${jitsi}`],
  };
}

/** LiveKit's client speaks over a WebSocket, and asks over HTTP why that failed. */
function bothSchemes(url: string): string[] {
  const { protocol, host } = new URL(url);
  const s = protocol === "wss:" || protocol === "https:" ? "s" : "";
  return [`ws${s}://${host}`, `http${s}://${host}`];
}
