import { cameraCaptureFor } from "../cameraCapture.ts";
import { createLocalMedia } from "../createLocalMedia.ts";
import type { OpenDevices } from "../openDevices.ts";
import type { DeviceKind, MediaProvider } from "../provider.ts";
import { createLiveKitProvider, type LiveKitProviderOptions } from "./createLiveKitProvider.ts";

interface BrowserLiveKitOptions extends Omit<LiveKitProviderOptions, "local"> {
  readonly devices: Readonly<Record<DeviceKind, string | null>>;
  /** From the screen before. */
  readonly opened: OpenDevices;
}

/** LiveKit over this browser's own devices. */
export function createBrowserLiveKit({
  devices,
  opened,
  ...options
}: BrowserLiveKitOptions): MediaProvider {
  // lib.dom calls it always there; on an insecure page it is not.
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  const local = createLocalMedia({
    mediaDevices,
    devices,
    opened,
    listensWhileMuted: true,
    camera: cameraCaptureFor("livekit"),
  });
  return createLiveKitProvider({ ...options, local });
}
