import type { ParticipantId, RoomId, SessionId } from "./ids.ts";
import type { MediaState } from "./presence.ts";

/** One connection that takes part in the mesh. The greater `sessionId` of a pair makes every offer. */
export interface MeshMember {
  readonly sessionId: SessionId;
  readonly participantId: ParticipantId;
}

/** Enter the mesh of the room's live class; `mesh_full` beyond `maxMeshMembers` (SPEC V1). */
export interface JoinMesh {
  readonly type: "joinMesh";
  readonly id: string;
  readonly room: RoomId;
}

export interface JoinMeshAck {
  /** Those who were there before, without the caller. */
  readonly members: readonly MeshMember[];
}

export interface LeaveMesh {
  readonly type: "leaveMesh";
  readonly id: string;
  readonly room: RoomId;
}

/** Which of one's tracks are on; shown to all through presence. */
export interface SetMedia extends MediaState {
  readonly type: "setMedia";
  readonly id: string;
  readonly room: RoomId;
}

/** What one browser tells another to connect: relayed, not read (SPEC V3). */
export interface Signal {
  /** Which connection of the pair this belongs to; the offering side counts them (SPEC V6). */
  readonly generation?: number | undefined;
  readonly description?: { readonly type: string; readonly sdp: string } | undefined;
  readonly candidate?: Readonly<Record<string, unknown>> | null | undefined;
  /** The answering side asks for an offer: of a restarted path, or (`restart: false`) of a new connection. */
  readonly wantsOffer?: { readonly restart: boolean } | undefined;
  /** What the sender shows right now, by the `mid` of the section that carries it (SPEC V7). */
  readonly streams?: Readonly<Record<string, "camera" | "screen">> | undefined;
}

export interface SendSignal {
  readonly type: "sendSignal";
  readonly id: string;
  readonly room: RoomId;
  readonly to: SessionId;
  readonly signal: Signal;
}

export interface MeshJoinedEvent extends MeshMember {
  readonly type: "meshJoined";
  readonly room: RoomId;
}

export interface MeshLeftEvent {
  readonly type: "meshLeft";
  readonly room: RoomId;
  readonly sessionId: SessionId;
}

export interface SignalEvent {
  readonly type: "signal";
  readonly room: RoomId;
  readonly from: SessionId;
  readonly signal: Signal;
}
