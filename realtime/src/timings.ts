import { limits } from "@darasa/protocol";

/** How often and how long; tests make them short. */
export interface Timings {
  readonly helloTimeoutMs: number;
  readonly headIntervalMs: number;
  readonly presenceIntervalMs: number;
  readonly attendanceHeartbeatMs: number;
  /** How long a raised hand waits for its person (SPEC P3). */
  readonly handMemoryMs: number;
  /** How often those are looked at whose sign-in may have ended (SPEC T6). */
  readonly signInBeatMs: number;
}

/** What the protocol promises; heads go out a little earlier than they are due. */
export const protocolTimings: Timings = {
  helloTimeoutMs: limits.helloTimeoutMs,
  headIntervalMs: limits.headIntervalMs * 0.9,
  presenceIntervalMs: limits.presenceIntervalMs,
  attendanceHeartbeatMs: limits.attendanceHeartbeatMs,
  handMemoryMs: 10_000,
  signInBeatMs: 2_000,
};
