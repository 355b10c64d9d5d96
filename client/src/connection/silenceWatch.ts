import { limits } from "@darasa/protocol";
import type { Environment } from "./environment.ts";

/** Finds a connection that died without a word: the server speaks at least every 10 s (SPEC R6). */
export interface SilenceWatch {
  /** Starts, or starts over: something was just heard. */
  readonly heard: () => void;
  readonly stop: () => void;
  /** Looks at the clock at once, for timers may have slept with the page. */
  readonly check: () => void;
}

/** A stopped watch that calls `onSilent` once when nothing was heard for `limits.silenceTimeoutMs`. */
export function createSilenceWatch(
  environment: Pick<Environment, "now" | "after">,
  onSilent: () => void,
): SilenceWatch {
  let lastHeardAtMs: number | null = null;
  let cancelTimer: (() => void) | null = null;

  function check(): void {
    if (lastHeardAtMs === null) return;
    const leftMs = lastHeardAtMs + limits.silenceTimeoutMs - environment.now();
    cancelTimer?.();
    if (leftMs > 0) {
      cancelTimer = environment.after(leftMs, check);
    } else {
      stop();
      onSilent();
    }
  }

  function heard(): void {
    lastHeardAtMs = environment.now();
    // One timer that looks again is cheaper than a new one for every frame.
    if (cancelTimer === null) check();
  }

  function stop(): void {
    cancelTimer?.();
    cancelTimer = null;
    lastHeardAtMs = null;
  }

  return { heard, stop, check };
}
