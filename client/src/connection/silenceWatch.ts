import { limits } from "@darasa/protocol";
import type { Environment } from "./environment.ts";

/** What lives speaks within this long of a page's waking: a server's word and its way here (SPEC R6). */
const wakingPatienceMs = limits.quietHeadIntervalMs + 2_000;

/** Finds a connection that died without a word: the server speaks at least every 20 s (SPEC R6). */
export interface SilenceWatch {
  /** Starts, or starts over: something was just heard. */
  readonly heard: () => void;
  readonly stop: () => void;
  /** The page has woken: clock and timers may have slept with it, so what is heard from now on decides sooner. */
  readonly hurry: () => void;
}

/** A stopped watch that calls `onSilent` once when nothing was heard for `limits.silenceTimeoutMs`. */
export function createSilenceWatch(
  environment: Pick<Environment, "steadyMs" | "after">,
  onSilent: () => void,
): SilenceWatch {
  let silentAtMs: number | null = null;
  let cancelTimer: (() => void) | null = null;

  function check(): void {
    if (silentAtMs === null) return;
    const leftMs = silentAtMs - environment.steadyMs();
    cancelTimer?.();
    if (leftMs > 0) {
      cancelTimer = environment.after(leftMs, check);
    } else {
      stop();
      onSilent();
    }
  }

  function heard(): void {
    silentAtMs = environment.steadyMs() + limits.silenceTimeoutMs;
    // One timer that looks again is cheaper than a new one for every frame.
    if (cancelTimer === null) check();
  }

  function hurry(): void {
    if (silentAtMs === null) return;
    silentAtMs = Math.min(silentAtMs, environment.steadyMs() + wakingPatienceMs);
    check();
  }

  function stop(): void {
    cancelTimer?.();
    cancelTimer = null;
    silentAtMs = null;
  }

  return { heard, stop, hurry };
}
