/** Whether the person is told that nobody hears them, and since when they talk; a value. */
export interface MutedHint {
  readonly isShown: boolean;
  /** Epoch ms since when they talk without a pause into a microphone that is off, or null. */
  readonly talkingSinceMs: number | null;
  /** Epoch ms of the last time the hint was reason enough to be shown. */
  readonly lastShownAtMs: number | null;
}

export const noMutedHint: MutedHint = { isShown: false, talkingSinceMs: null, lastShownAtMs: null };

/** A cough is shorter. */
const talkMs = 1_000;
const shownForMs = 4_000;
/** Somebody who talks to a neighbour on purpose is told only so often. */
const quietMs = 30_000;

/** Shows the hint to who talks for a second while muted, hides it again, and does not nag. */
export function reduceMutedHint(
  before: MutedHint,
  { isMuted, isTalking }: { readonly isMuted: boolean; readonly isTalking: boolean },
  nowMs: number,
): MutedHint {
  if (!isMuted) return { ...noMutedHint, lastShownAtMs: before.lastShownAtMs };
  const talkingSinceMs = isTalking ? (before.talkingSinceMs ?? nowMs) : null;
  const sinceShownMs = nowMs - (before.lastShownAtMs ?? -Infinity);
  if (before.isShown) return { ...before, talkingSinceMs, isShown: sinceShownMs < shownForMs };
  const isDue =
    talkingSinceMs !== null && nowMs - talkingSinceMs >= talkMs && sinceShownMs >= quietMs;
  return isDue
    ? { isShown: true, talkingSinceMs, lastShownAtMs: nowMs }
    : { ...before, talkingSinceMs };
}
