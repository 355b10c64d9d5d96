import type { ParticipantId } from "@darasa/protocol";

/** Who is shown large because they speak; a value. */
export interface Speaker {
  /** Null before anybody has spoken. */
  readonly participantId: ParticipantId | null;
  /** Epoch ms since when. */
  readonly sinceMs: number;
  /** Who speaks now and may be next, and since when they do without a pause. */
  readonly next: { readonly participantId: ParticipantId; readonly sinceMs: number } | null;
}

export const noSpeaker: Speaker = { participantId: null, sinceMs: 0, next: null };

/** A cough or a "yes" is shorter. */
const turnMs = 1_000;
/** Nobody is taken away sooner, so that a quick exchange does not make the picture jump to and fro. */
const shortestMs = 3_000;

/** Gives the large place to who goes on speaking; who had it keeps it until somebody else does. Pure. */
export function reduceSpeaker(
  before: Speaker,
  speaking: readonly ParticipantId[],
  nowMs: number,
): Speaker {
  const next = nextSpeaker(before, speaking, nowMs);
  if (next === null) return before.next === null ? before : { ...before, next };
  const isDue = before.participantId === null || nowMs - before.sinceMs >= shortestMs;
  if (!isDue || nowMs - next.sinceMs < turnMs) return { ...before, next };
  return { participantId: next.participantId, sinceMs: nowMs, next: null };
}

function nextSpeaker(
  { participantId, next }: Speaker,
  speaking: readonly ParticipantId[],
  nowMs: number,
): Speaker["next"] {
  const [first] = speaking;
  const isHeld = speaking.some((id) => id === participantId);
  if (first === undefined || isHeld) return null;
  if (next !== null && speaking.includes(next.participantId)) return next;
  return { participantId: first, sinceMs: nowMs };
}
