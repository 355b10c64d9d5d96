import type { DeviceKind, MediaProvider } from "./provider.ts";
import type { SignallingPort } from "./signallingPort.ts";

/** What the answer to joining a live class says about its video. */
export type VideoSettings =
  | {
      readonly provider: "mesh";
      readonly iceServers: readonly RTCIceServer[];
      readonly maxMembers: number;
    }
  | { readonly provider: "livekit"; readonly url: string; readonly token: string }
  | {
      readonly provider: "jitsi";
      readonly domain: string;
      readonly room: string;
      readonly token: string;
    }
  | { readonly provider: "none" };

interface ProviderOptions {
  readonly port: SignallingPort;
  readonly devices: Readonly<Record<DeviceKind, string | null>>;
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
    case "livekit":
    case "jitsi":
    case "none":
      return (await import("./none/createNoneProvider.ts")).createNoneProvider();
  }
}
