import type { ConnectionMode, ConnectionQuality } from "@darasa/protocol";
import { isClean, isThin, thinWindowMs, type Line } from "./judgeLine.ts";

/** What the class was last told of one's line. */
export interface Reported {
  readonly atMs: number;
  readonly mode: ConnectionMode;
  readonly quality: ConnectionQuality;
}

/** So often it is told when nothing changes (SPEC Q1). */
export const reportEveryMs = 30_000;
/** However often a quality changes, it is told no more often than that. */
export const leastBetweenMs = 4_000;

/** Is it time to tell, or to tell again? Pure. */
export function isReportDue(last: Reported | null, now: Reported): boolean {
  if (last === null || last.mode !== now.mode) return true;
  const sinceMs = now.atMs - last.atMs;
  return sinceMs >= reportEveryMs || (sinceMs >= leastBetweenMs && last.quality !== now.quality);
}

/** How well the class comes and goes: a line that was poor is so until nothing is wrong with it. Pure. */
export function nextQuality(
  before: ConnectionQuality,
  now: { readonly line: Line; readonly isLost: boolean; readonly atMs: number },
): ConnectionQuality {
  if (now.isLost) return "lost";
  if (isThin(now.line, now.atMs)) return "poor";
  const stays = before !== "good" && !isClean(now.line, now.atMs, thinWindowMs);
  return stays ? "poor" : "good";
}
