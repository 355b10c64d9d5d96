/**
 * The page of the mesh tests: a mesh and plain elements that show it, without the classroom around them.
 * The test, outside the browser, plays the gateway.
 */
import { DarasaError, type ParticipantId, type SessionId } from "@darasa/protocol";
import { createListeners } from "../../src/connection/listeners.ts";
import { createBrowserMesh } from "../../src/media/mesh/createBrowserMesh.ts";
import type { MediaProvider } from "../../src/media/provider.ts";
import type { MeshEvent, SignallingPort } from "../../src/media/signallingPort.ts";
import type { HarnessWindow } from "./harnessWindow.ts";

const page = window as unknown as HarnessWindow;
const elements = new Map<string, HTMLVideoElement>();
const sounds = new Set<HTMLAudioElement>();
const connections: RTCPeerConnection[] = [];
let sessionId: SessionId | null = null;
let provider: MediaProvider | null = null;
const events = createListeners<MeshEvent>();

// What is decoded is only told by the connections themselves.
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

page.mesh = {
  start: async (participantId, session) => {
    sessionId = session;
    provider = createBrowserMesh({
      port: createPort(participantId),
      iceServers: [],
      devices: { microphone: null, camera: null, speaker: null },
    });
    provider.onChange(show);
    const started = provider;
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
  statistics: async () => (await provider?.statistics()) ?? { bytesSent: 0, bytesReceived: 0 },
  pictures: async () => {
    const decoded = await decodedFrames();
    return [...elements].map(([name, video]) => ({
      name,
      painted: video.getVideoPlaybackQuality().totalVideoFrames,
      decoded: decoded.get(trackId(video)) ?? 0,
      width: video.videoWidth,
      height: video.videoHeight,
    }));
  },
  openConnections: () => openConnections().length,
  paths: () =>
    openConnections().map(
      ({ localDescription }) => /a=ice-ufrag:(\S+)/.exec(localDescription?.sdp ?? "")?.[1] ?? "",
    ),
};

function openConnections(): RTCPeerConnection[] {
  return connections.filter((connection) => connection.connectionState !== "closed");
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

/** One element per person and picture, kept while it is there, as the classroom's tiles are. */
function show(): void {
  const wanted = shownStreams();
  for (const name of elements.keys()) if (!wanted.has(name)) removeVideo(name);
  for (const [name, stream] of wanted) {
    const video = elements.get(name) ?? addVideo(name);
    if (video.srcObject !== stream) video.srcObject = stream;
  }
  for (const { microphone } of provider?.snapshot().remotes ?? [])
    if (microphone !== null) play(microphone);
}

function shownStreams(): Map<string, MediaStream> {
  const shown = new Map<string, MediaStream>();
  for (const { participantId, camera, screen } of provider?.snapshot().remotes ?? []) {
    if (camera !== null) shown.set(`${participantId} camera`, camera);
    if (screen !== null) shown.set(`${participantId} screen`, screen);
  }
  return shown;
}

function removeVideo(name: string): void {
  elements.get(name)?.remove();
  elements.delete(name);
}

function addVideo(name: string): HTMLVideoElement {
  const video = document.createElement("video");
  Object.assign(video, { autoplay: true, muted: true, playsInline: true, width: 160 });
  document.body.append(video);
  elements.set(name, video);
  return video;
}

/** Chromium decodes sound, and measures how loud it is, only while something plays it. */
function play(stream: MediaStream): void {
  if ([...sounds].some((audio) => audio.srcObject === stream)) return;
  const audio = new Audio();
  audio.srcObject = stream;
  sounds.add(audio);
  void audio.play();
}

function trackId(video: HTMLVideoElement): string {
  return video.srcObject instanceof MediaStream
    ? (video.srcObject.getVideoTracks()[0]?.id ?? "")
    : "";
}

async function decodedFrames(): Promise<Map<string, number>> {
  const decoded = new Map<string, number>();
  for (const connection of connections) {
    const report: RTCStatsReport = await connection.getStats();
    report.forEach((entry: Readonly<Record<string, unknown>>) => {
      if (entry["type"] === "inbound-rtp" && typeof entry["trackIdentifier"] === "string")
        decoded.set(entry["trackIdentifier"], Number(entry["framesDecoded"] ?? 0));
    });
  }
  return decoded;
}

page.isHarnessReady = true;
