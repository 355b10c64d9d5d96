import { limits, resumeLifetimeSeconds } from "@darasa/protocol";

/** How often and how long; tests make them short. */
export interface Timings {
  readonly helloTimeoutMs: number;
  /** How often a room is told its newest `seq` while messages come; half as often when none do (SPEC R6). */
  readonly headIntervalMs: number;
  /** A peer that takes nothing of what waits for it for so long is cut (SPEC L4). */
  readonly maxStallMs: number;
  /** Whom nobody has pinged for so long is: those to whom nothing goes that takes a ping along. */
  readonly pingAfterMs: number;
  readonly presenceIntervalMs: number;
  readonly hallPresenceIntervalMs: number;
  readonly attendanceHeartbeatMs: number;
  /** How long a raised hand waits for its person (SPEC P3). */
  readonly handMemoryMs: number;
  /** How often a node tells the others how much there is to know of its people (SPEC P14). */
  readonly sliceBeatMs: number;
  /** After so long a silence the others forget them. */
  readonly sliceLifeMs: number;
  /** How often those are looked at whose sign-in may have ended (SPEC T6). */
  readonly signInBeatMs: number;
  /** How often those are looked for whose resume ticket is old, and how old it may become (SPEC T7). */
  readonly resumeBeatMs: number;
  readonly resumeRenewMs: number;
}

/** What the protocol promises; heads go out a little earlier than they are due. */
export const protocolTimings: Timings = {
  helloTimeoutMs: limits.helloTimeoutMs,
  headIntervalMs: limits.headIntervalMs * 0.95,
  maxStallMs: limits.maxStallMs,
  // A little more than the time between two heads of a quiet room, which take the ping along.
  pingAfterMs: 20_000,
  presenceIntervalMs: limits.presenceIntervalMs,
  hallPresenceIntervalMs: limits.hallPresenceIntervalMs,
  attendanceHeartbeatMs: limits.attendanceHeartbeatMs,
  handMemoryMs: 10_000,
  sliceBeatMs: 6_000,
  sliceLifeMs: 20_000,
  signInBeatMs: 2_000,
  resumeBeatMs: 1_000,
  resumeRenewMs: (resumeLifetimeSeconds * 1_000) / 2,
};
