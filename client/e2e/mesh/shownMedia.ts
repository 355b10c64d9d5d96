import type { RemoteMedia } from "../../src/media/provider.ts";
import type { Picture } from "./harnessWindow.ts";

/** Plain elements that show and play what arrives, and what can be read from them. */
export interface ShownMedia {
  readonly show: (remotes: readonly RemoteMedia[]) => void;
  readonly pictures: () => Promise<Picture[]>;
  /** How many pictures the connections receive, shown or not. */
  readonly arriving: () => Promise<number>;
  /** Bytes of pictures that the connections have sent so far, by layer (`rid`). */
  readonly sentLayers: () => Promise<Record<string, number>>;
  /** Every connection that the page has opened. */
  readonly connections: readonly RTCPeerConnection[];
  /** The sum of `totalAudioEnergy` of all that arrives: it grows while somebody is heard. */
  readonly audioEnergy: () => Promise<number>;
}

/** Nothing shown yet. What is decoded is only told by the connections themselves, so they are noted from now on. */
export function createShownMedia(): ShownMedia {
  const elements = new Map<string, HTMLVideoElement>();
  const sounds = new Set<HTMLAudioElement>();
  const connections: RTCPeerConnection[] = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  return {
    connections,
    show: (remotes) => {
      showPictures(elements, remotes);
      for (const { microphone } of remotes) if (microphone !== null) play(sounds, microphone);
    },
    pictures: async () => {
      const decoded = new Map<string, number>();
      await readStats(connections, "inbound-rtp", (entry) => {
        if (typeof entry["trackIdentifier"] === "string")
          decoded.set(entry["trackIdentifier"], Number(entry["framesDecoded"] ?? 0));
      });
      return [...elements].map(([name, video]) => ({
        name,
        painted: video.getVideoPlaybackQuality().totalVideoFrames,
        decoded: decoded.get(trackId(video)) ?? 0,
        width: video.videoWidth,
        height: video.videoHeight,
      }));
    },
    arriving: async () => {
      let count = 0;
      await readStats(
        connections,
        "inbound-rtp",
        ({ kind }) => (count += kind === "video" ? 1 : 0),
      );
      return count;
    },
    sentLayers: async () => {
      const bytes: Record<string, number> = {};
      await readStats(connections, "outbound-rtp", ({ rid, bytesSent }) => {
        if (typeof rid === "string") bytes[rid] = (bytes[rid] ?? 0) + Number(bytesSent ?? 0);
      });
      return bytes;
    },
    audioEnergy: async () => {
      let energy = 0;
      await readStats(
        connections,
        "inbound-rtp",
        (entry) => (energy += Number(entry["totalAudioEnergy"] ?? 0)),
      );
      return energy;
    },
  };
}

/** One element per person and picture, kept while it is there, as the classroom's tiles are. */
function showPictures(
  elements: Map<string, HTMLVideoElement>,
  remotes: readonly RemoteMedia[],
): void {
  const wanted = streamsByName(remotes);
  for (const [name, video] of elements) {
    if (wanted.has(name)) continue;
    video.remove();
    elements.delete(name);
  }
  for (const [name, stream] of wanted) {
    const video = elements.get(name) ?? addVideo();
    elements.set(name, video);
    if (video.srcObject !== stream) video.srcObject = stream;
  }
}

function streamsByName(remotes: readonly RemoteMedia[]): Map<string, MediaStream> {
  const shown = new Map<string, MediaStream>();
  for (const { participantId, camera, screen } of remotes) {
    if (camera !== null) shown.set(`${participantId} camera`, camera);
    if (screen !== null) shown.set(`${participantId} screen`, screen);
  }
  return shown;
}

function addVideo(): HTMLVideoElement {
  const video = document.createElement("video");
  Object.assign(video, { autoplay: true, muted: true, playsInline: true, width: 160 });
  document.body.append(video);
  return video;
}

/** Chromium decodes sound, and measures how loud it is, only while something plays it. */
function play(sounds: Set<HTMLAudioElement>, stream: MediaStream): void {
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

async function readStats(
  connections: readonly RTCPeerConnection[],
  type: "inbound-rtp" | "outbound-rtp",
  read: (entry: Readonly<Record<string, unknown>>) => void,
): Promise<void> {
  for (const connection of connections) {
    const report: RTCStatsReport = await connection.getStats();
    report.forEach((entry: Readonly<Record<string, unknown>>) => {
      if (entry["type"] === type) read(entry);
    });
  }
}
