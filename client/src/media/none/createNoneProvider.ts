import type { MediaProvider, MediaSnapshot } from "../provider.ts";

const off = { state: "off", stream: null, problem: null } as const;
const nothing: MediaSnapshot = {
  status: "connected",
  refusal: null,
  can: { microphone: false, camera: false, screen: false },
  local: { microphone: off, camera: off, screen: off },
  remotes: [],
};

/** A class of board and chat: no device is ever opened, nothing is sent. */
export function createNoneProvider(): MediaProvider {
  const noStop = (): void => undefined;
  return {
    kind: "none",
    snapshot: () => nothing,
    onChange: () => noStop,
    onLevels: () => noStop,
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    setTrack: () => Promise.resolve(),
    setDevice: () => Promise.resolve(),
    statistics: () => Promise.resolve({ bytesSent: 0, bytesReceived: 0 }),
  };
}
