import { createLocalMedia } from "../createLocalMedia.ts";
import type { DeviceKind, MediaProvider } from "../provider.ts";
import { createLiveKitProvider, type LiveKitProviderOptions } from "./createLiveKitProvider.ts";
import { cameraCapture } from "./sending.ts";

interface BrowserLiveKitOptions extends Omit<LiveKitProviderOptions, "local"> {
  readonly devices: Readonly<Record<DeviceKind, string | null>>;
}

/** LiveKit over this browser's own devices. */
export function createBrowserLiveKit({
  devices,
  ...options
}: BrowserLiveKitOptions): MediaProvider {
  // lib.dom calls it always there; on an insecure page it is not.
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  const local = createLocalMedia({
    mediaDevices,
    devices,
    listensWhileMuted: true,
    camera: cameraCapture,
  });
  return createLiveKitProvider({ ...options, local });
}
