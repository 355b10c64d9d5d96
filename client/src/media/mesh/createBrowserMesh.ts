import { cameraCaptureFor } from "../cameraCapture.ts";
import { createLocalMedia } from "../createLocalMedia.ts";
import type { OpenDevices } from "../openDevices.ts";
import type { DeviceKind, MediaProvider } from "../provider.ts";
import type { SignallingPort } from "../signallingPort.ts";
import { createMeshProvider } from "./createMeshProvider.ts";

interface BrowserMeshOptions {
  readonly port: SignallingPort;
  readonly iceServers: readonly RTCIceServer[];
  readonly devices: Readonly<Record<DeviceKind, string | null>>;
  /** From the screen before. */
  readonly opened: OpenDevices;
}

/** A mesh over this browser's own devices. */
export function createBrowserMesh({
  port,
  iceServers,
  devices,
  opened,
}: BrowserMeshOptions): MediaProvider {
  // lib.dom calls it always there; on an insecure page it is not.
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  const local = createLocalMedia({
    mediaDevices,
    devices,
    opened,
    listensWhileMuted: true,
    camera: cameraCaptureFor("mesh"),
  });
  return createMeshProvider({ port, iceServers, local });
}
