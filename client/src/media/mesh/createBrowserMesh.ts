import { createLocalMedia } from "../createLocalMedia.ts";
import type { DeviceKind, MediaProvider } from "../provider.ts";
import type { SignallingPort } from "../signallingPort.ts";
import { createMeshProvider } from "./createMeshProvider.ts";
import { cameraCapture } from "./quality.ts";

interface BrowserMeshOptions {
  readonly port: SignallingPort;
  readonly iceServers: readonly RTCIceServer[];
  readonly devices: Readonly<Record<DeviceKind, string | null>>;
}

/** A mesh over this browser's own devices. */
export function createBrowserMesh({
  port,
  iceServers,
  devices,
}: BrowserMeshOptions): MediaProvider {
  // lib.dom calls it always there; on an insecure page it is not.
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  const local = createLocalMedia({
    mediaDevices,
    devices,
    listensWhileMuted: true,
    camera: cameraCapture,
  });
  return createMeshProvider({ port, iceServers, local });
}
