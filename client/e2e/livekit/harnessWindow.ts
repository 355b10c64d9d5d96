import type {
  ConnectionMode,
  ErrorCode,
  MediaState,
  ParticipantId,
  TrackKind,
} from "@darasa/protocol";
import type { MediaCall } from "../../src/media/livekit/mediaCall.ts";
import type { LineQuality, WantedPicture } from "../../src/media/provider.ts";
import type { MediaStatistics } from "../../src/media/statistics.ts";
import type { Picture } from "../mesh/harnessWindow.ts";

/** What one page shows of its provider, as a value. */
export interface Shown {
  readonly status: string;
  readonly refusal: ErrorCode | null;
  readonly can: Readonly<Record<TrackKind, boolean>>;
  readonly local: Readonly<Record<TrackKind, string>>;
  readonly remotes: Readonly<
    Record<ParticipantId, { readonly quality: LineQuality; readonly streams: readonly string[] }>
  >;
  /** What the server switched off, in order. */
  readonly forcedOff: readonly TrackKind[];
  /** What the class is told of one's tracks. */
  readonly media: MediaState | null;
}

/** What the page and the test say to each other. */
export interface LiveKitWindow {
  isHarnessReady: boolean;
  /** Of the page, for the test. */
  livekit: {
    /** Enters with camera and microphone. The browser's own beeps each second, which the server takes for no speech. */
    start(participantId: ParticipantId, call: MediaCall, speaks?: boolean): Promise<void>;
    /** Leaves, and forgets all that was. Another `start` may follow. */
    stop(): Promise<void>;
    shown(): Shown;
    setTrack(kind: TrackKind, on: boolean): Promise<void>;
    reopenCamera(): Promise<void>;
    setMode(mode: ConnectionMode): void;
    setTeachers(ids: readonly ParticipantId[]): void;
    setWanted(picture: WantedPicture): void;
    levels(): Promise<Record<string, number>>;
    statistics(): Promise<MediaStatistics>;
    pictures(): Promise<Picture[]>;
    /** How many pictures the server sends, shown or not. */
    arriving(): Promise<number>;
    /** Bytes of one's own pictures that were sent so far, by layer: `q`, `h` and `f` from the smallest. */
    sentLayers(): Promise<Record<string, number>>;
    audioEnergy(): Promise<number>;
    /**
     * Shares a screen over a connection of its own that thinks it may, and then a camera, which it may: resolves when
     * the server has taken that one.
     */
    forgeScreen(call: MediaCall): Promise<void>;
  };
  /** Of the test, for the page: the API's answer to a renewal. */
  nextCall(): Promise<MediaCall | ErrorCode>;
}
