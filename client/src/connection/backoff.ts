/** The first ceiling doubles from here, in milliseconds (SPEC C2). */
const baseMs = 300;
const capMs = 10_000;

/**
 * Milliseconds to wait before coming back the `attempt`-th time (from 1), by full jitter: evenly spread over
 * 0 … min(10 s, 0.3 s · 2^attempt), so that a school that lost its server together does not return together
 * (SPEC C2).
 *
 * @param random a number in [0, 1)
 */
export function backoffDelayMs(attempt: number, random: number): number {
  const ceilingMs = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 16));
  return Math.floor(random * ceilingMs);
}
