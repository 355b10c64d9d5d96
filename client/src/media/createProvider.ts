import { DarasaError } from "@darasa/protocol";
import type { JitsiCall } from "./jitsi/createJitsiProvider.ts";
import type { MediaCall } from "./livekit/mediaCall.ts";
import type { OpenDevices } from "./openDevices.ts";
import type { DeviceKind, MediaProvider } from "./provider.ts";
import type { SignallingPort } from "./signallingPort.ts";

/** What the answer to joining a live class says about its video. */
export type VideoSettings =
  | {
      readonly provider: "mesh";
      readonly iceServers: readonly RTCIceServer[];
      readonly maxMembers: number;
    }
  | ({ readonly provider: "livekit" } & MediaCall)
  | ({ readonly provider: "jitsi" } & JitsiCall)
  | { readonly provider: "none" };

interface ProviderOptions {
  readonly port: SignallingPort;
  readonly devices: Readonly<Record<DeviceKind, string | null>>;
  readonly opened: OpenDevices;
  /** What joining would say now, with a fresh token. @throws DarasaError with the API's code */
  readonly renew: () => Promise<VideoSettings>;
}

/** The engine that the class uses; its code is loaded now, and no other's. */
export async function createProvider(
  video: VideoSettings,
  options: ProviderOptions,
): Promise<MediaProvider> {
  switch (video.provider) {
    case "mesh": {
      const { createBrowserMesh } = await import("./mesh/createBrowserMesh.ts");
      return createBrowserMesh({ ...options, iceServers: video.iceServers });
    }
    case "livekit": {
      const { createBrowserLiveKit } = await import("./livekit/createBrowserLiveKit.ts");
      const renew = async (): Promise<MediaCall> => liveKitCall(await options.renew());
      return createBrowserLiveKit({ ...options, call: video, renew });
    }
    case "jitsi": {
      const { createBrowserJitsi } = await import("./jitsi/createBrowserJitsi.ts");
      const renew = async (): Promise<JitsiCall> => jitsiCall(await options.renew());
      return createBrowserJitsi({ port: options.port, call: video, renew });
    }
    case "none":
      return (await import("./none/createNoneProvider.ts")).createNoneProvider();
  }
}

/** @throws DarasaError `conflict` when the class has gone over to another engine meanwhile */
function liveKitCall(video: VideoSettings): MediaCall {
  if (video.provider !== "livekit") throw new DarasaError("conflict");
  return video;
}

/** @throws DarasaError `conflict` when the class has gone over to another engine meanwhile */
function jitsiCall(video: VideoSettings): JitsiCall {
  if (video.provider !== "jitsi") throw new DarasaError("conflict");
  return video;
}
