import type { LiveClassId, ParticipantId, RoomId } from "./ids.ts";
import type { TrackKind } from "./media.ts";
import type { ClassPermissions } from "./roles.ts";
import type { Stage } from "./stage.ts";

export interface RaiseHand {
  readonly type: "raiseHand";
  readonly id: string;
  readonly room: RoomId;
}

/** Lower one's own hand; a teacher lowers anybody's, or with `participant: null` all. */
export interface LowerHand {
  readonly type: "lowerHand";
  readonly id: string;
  readonly room: RoomId;
  readonly participant: ParticipantId | null;
}

/** Teacher only. What is left out stays as it is. */
export interface SetPermissions {
  readonly type: "setPermissions";
  readonly id: string;
  readonly room: RoomId;
  readonly drawing?: ClassPermissions["drawing"] | undefined;
  readonly chatLocked?: boolean | undefined;
}

/** Teacher only: let one person draw while others may not, or take that back. */
export interface AllowDrawing {
  readonly type: "allowDrawing";
  readonly id: string;
  readonly room: RoomId;
  readonly participant: ParticipantId;
  readonly allowed: boolean;
}

/** Teacher only: switch a track of one person off, or with `participant: null` of all but teachers. */
export interface MuteParticipant {
  readonly type: "muteParticipant";
  readonly id: string;
  readonly room: RoomId;
  readonly participant: ParticipantId | null;
  readonly track: TrackKind;
}

/** Teacher only. What is left out stays as it is. */
export interface SetStage {
  readonly type: "setStage";
  readonly id: string;
  readonly room: RoomId;
  readonly presenter?: ParticipantId | null | undefined;
  readonly spotlight?: ParticipantId | null | undefined;
  readonly sources?: readonly TrackKind[] | undefined;
}

/** Teacher only: let one person send just these, whatever the class says; null: as the class says. */
export interface AllowSources {
  readonly type: "allowSources";
  readonly id: string;
  readonly room: RoomId;
  readonly participant: ParticipantId;
  readonly sources: readonly TrackKind[] | null;
}

/** Teacher only: ask somebody to switch a track on. They decide: nobody's microphone is opened for them. */
export interface AskToUnmute {
  readonly type: "askToUnmute";
  readonly id: string;
  readonly room: RoomId;
  readonly participant: ParticipantId;
  readonly track: Exclude<TrackKind, "screen">;
}

/** Teacher only: out of this live class, for good. */
export interface RemoveParticipant {
  readonly type: "removeParticipant";
  readonly id: string;
  readonly room: RoomId;
  readonly participant: ParticipantId;
}

export interface PermissionsEvent {
  readonly type: "permissions";
  readonly room: RoomId;
  readonly permissions: ClassPermissions;
}

/** The stage as it is from now on. */
export interface StageEvent {
  readonly type: "stage";
  readonly room: RoomId;
  readonly stage: Stage;
}

/** To that person only (SPEC P15). */
export interface UnmuteAskedEvent {
  readonly type: "unmuteAsked";
  readonly room: RoomId;
  readonly track: Exclude<TrackKind, "screen">;
  readonly byName: string;
}

/** To the muted person only; the client switches the track off and says why. */
export interface MutedEvent {
  readonly type: "muted";
  readonly room: RoomId;
  readonly track: TrackKind;
  /** Who did it; null: they may not send it any more. */
  readonly byName: string | null;
}

/** To the removed person only; the session has left the room when it arrives. */
export interface RemovedEvent {
  readonly type: "removed";
  readonly room: RoomId;
}

export interface LiveClassEndedEvent {
  readonly type: "liveClassEnded";
  readonly room: RoomId;
  readonly liveClass: LiveClassId;
  readonly reason: "teacher" | "no_teacher";
}

/**
 * To the teachers in the room only: how many guests wait to be let into its class. Told at every change, and to
 * a teacher who joins right after the ack (SPEC P8).
 */
export interface WaitingRoomEvent {
  readonly type: "waitingRoom";
  readonly room: RoomId;
  readonly count: number;
}
