/**
 * The page of the mesh tests: a mesh and plain elements that show it, without the classroom around them.
 * The test, outside the browser, plays the gateway.
 */
import { DarasaError, type ParticipantId, type SessionId } from "@darasa/protocol";
import { createListeners } from "../../src/connection/listeners.ts";
import { createBrowserMesh } from "../../src/media/mesh/createBrowserMesh.ts";
import { noOpenDevices } from "../../src/media/openDevices.ts";
import type { MediaProvider } from "../../src/media/provider.ts";
import type { MeshEvent, SignallingPort } from "../../src/media/signallingPort.ts";
import { noStatistics } from "../../src/media/statistics.ts";
import { putVoiceIntoMicrophone } from "./endlessVoice.ts";
import type { HarnessWindow } from "./harnessWindow.ts";
import { createShownMedia } from "./shownMedia.ts";

const page = window as unknown as HarnessWindow;
const shown = createShownMedia();
let sessionId: SessionId | null = null;
let provider: MediaProvider | null = null;
let speaks = false;
putVoiceIntoMicrophone(() => speaks);
const events = createListeners<MeshEvent>();

page.mesh = {
  start: async (participantId, session, speaking = false) => {
    sessionId = session;
    speaks = speaking;
    provider = createBrowserMesh({
      port: createPort(participantId),
      iceServers: [],
      devices: { microphone: null, camera: null, speaker: null },
      opened: noOpenDevices,
    });
    const started = provider;
    started.onChange(() => shown.show(started.snapshot().remotes));
    await Promise.all([
      started.connect(),
      started.setTrack("camera", true),
      started.setTrack("microphone", true),
    ]);
  },
  stop: async () => {
    await provider?.disconnect();
    provider = null;
  },
  tell: (event) => events.tell(event),
  reconnect: (session) => {
    sessionId = session;
    events.tell({ type: "reconnected" });
  },
  setTrack: async (kind, on) => {
    await provider?.setTrack(kind, on);
  },
  setMode: (mode) => provider?.setMode(mode),
  setTeachers: (ids) => provider?.setTeachers(new Set(ids)),
  local: (kind) => {
    const track = provider?.snapshot().local[kind];
    return { state: track?.state ?? "off", problem: track?.problem ?? null };
  },
  status: () => provider?.snapshot().status ?? "idle",
  remotes: () =>
    (provider?.snapshot().remotes ?? []).map((remote) => ({
      participantId: remote.participantId,
      connection: remote.connection,
      camera: remote.camera !== null,
      screen: remote.screen !== null,
    })),
  levels: () =>
    new Promise((resolve) => {
      const stop = provider?.onLevels((levels) => {
        stop?.();
        resolve(Object.fromEntries(levels));
      });
    }),
  statistics: async () => (await provider?.statistics()) ?? noStatistics,
  pictures: shown.pictures,
  openConnections: () => openConnections().length,
  paths: () =>
    openConnections().map(
      ({ localDescription }) => /a=ice-ufrag:(\S+)/.exec(localDescription?.sdp ?? "")?.[1] ?? "",
    ),
};

function openConnections(): RTCPeerConnection[] {
  return shown.connections.filter((connection) => connection.connectionState !== "closed");
}

function createPort(participantId: ParticipantId): SignallingPort {
  return {
    get sessionId() {
      return sessionId;
    },
    participantId,
    joinMesh: async () => {
      const answer = await page.hubJoin();
      if (answer === "mesh_full") throw new DarasaError("mesh_full");
      return answer;
    },
    leaveMesh: () => page.hubLeave(),
    sendSignal: (to, signal) => void page.hubSignal(to, signal),
    setMedia: (state) => void page.hubMedia(state),
    onMeshEvent: events.listen,
  };
}

page.isHarnessReady = true;
