import type { MessageFeed } from "./messageFeed.ts";

/** All rooms at once would hold up everybody: to tell 10,000 people takes some 35 ms. */
export const headTurns = 20;

interface HeadParts {
  readonly feed: Pick<MessageFeed, "tellHeads">;
  /** How often each room is told. */
  readonly intervalMs: number;
  /** Ms by a clock that nobody sets. */
  readonly uptimeMs: () => number;
}

/**
 * Tells all rooms their newest `seq` within `intervalMs`, a part of them at a time: call what it returns `headTurns`
 * times as often. What a busy moment has delayed is made up for, so that nobody waits longer because of it (SPEC R6).
 */
export function createHeadTurns({ feed, intervalMs, uptimeMs }: HeadParts): () => void {
  const beganAtMs = uptimeMs();
  let told = 0;
  return () => {
    const due = Math.floor(((uptimeMs() - beganAtMs) / intervalMs) * headTurns);
    // After a very long pause each room is told once.
    for (told = Math.max(told, due - headTurns); told < due; told += 1) {
      feed.tellHeads(told % headTurns, headTurns);
    }
  };
}
