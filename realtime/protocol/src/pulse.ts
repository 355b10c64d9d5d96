import type { ParticipantId, RoomId } from "./ids.ts";
import type { ConnectionMode } from "./media.ts";

export const connectionQualities = ["good", "poor", "lost"] as const;
/** How well somebody's sound and pictures come and go. */
export type ConnectionQuality = (typeof connectionQualities)[number];

/** What a line is like right now, and how much of the class is taken over it. */
export interface ConnectionReport {
  readonly mode: ConnectionMode;
  readonly quality: ConnectionQuality;
  /** Ms there and back, rounded; null while it was not measured. */
  readonly roundTripMs: number | null;
  /** The part of what was sent that did not come, 0 to 1; null while it was not measured. */
  readonly lossFraction: number | null;
}

/** Tells the teachers how one is connected, and whether one took part since the last time (SPEC Q1). */
export interface ReportConnection extends ConnectionReport {
  readonly type: "reportConnection";
  readonly id?: string | undefined;
  readonly room: RoomId;
  /** Spoke, wrote, drew or reacted since the last report. */
  readonly isActive: boolean;
}

/** What a teacher knows of one person beside presence. */
export interface Pulse extends ConnectionReport {
  readonly participantId: ParticipantId;
  /** When they last took part, as far as they have said; at first when they first said anything. */
  readonly activeAtMs: number;
}

/** To the teachers in the room only: what changed since the last telling, gathered for a second (SPEC Q2). */
export interface PulseEvent {
  readonly type: "pulse";
  readonly room: RoomId;
  readonly people: readonly Pulse[];
}
