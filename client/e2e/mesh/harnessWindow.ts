import type {
  ConnectionMode,
  MediaState,
  MeshMember,
  ParticipantId,
  SessionId,
  Signal,
  TrackKind,
} from "@darasa/protocol";
import type { MeshEvent } from "../../src/media/signallingPort.ts";

/** One picture of somebody else as it is decoded and painted. */
export interface Picture {
  /** Person and kind: "…-0002 camera". */
  readonly name: string;
  /** Frames that the element has painted, and that the connection has decoded, so far. */
  readonly painted: number;
  readonly decoded: number;
  readonly width: number;
  readonly height: number;
}

export interface RemoteView {
  readonly participantId: ParticipantId;
  readonly connection: string;
  readonly camera: boolean;
  readonly screen: boolean;
}

/** What the page and the test say to each other. */
export interface HarnessWindow {
  isHarnessReady: boolean;
  /** Of the page, for the test. */
  mesh: {
    /** `speaks` without a pause; else what the browser's own microphone hears. */
    start(participantId: ParticipantId, session: SessionId, speaks?: boolean): Promise<void>;
    stop(): Promise<void>;
    tell(event: MeshEvent): void;
    reconnect(session: SessionId): void;
    setTrack(kind: TrackKind, on: boolean): Promise<void>;
    setMode(mode: ConnectionMode): void;
    setTeachers(ids: readonly ParticipantId[]): void;
    local(kind: TrackKind): { state: string; problem: string | null };
    status(): string;
    remotes(): RemoteView[];
    levels(): Promise<Record<string, number>>;
    statistics(): Promise<{ bytesSent: number; bytesReceived: number }>;
    pictures(): Promise<Picture[]>;
    openConnections(): number;
    /** The name of each open connection's path; a restart gives it another (RFC 8445 §9). */
    paths(): string[];
  };
  /** Of the test, for the page. */
  hubJoin(): Promise<readonly MeshMember[] | "mesh_full">;
  hubLeave(): Promise<void>;
  hubSignal(to: SessionId, signal: Signal): Promise<void>;
  hubMedia(state: MediaState): Promise<void>;
}
