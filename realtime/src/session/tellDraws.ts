import type { Draw } from "./rateLimit.ts";

interface TellDrawsParts {
  readonly newDraws: () => readonly Draw[];
  readonly say: (draws: readonly Draw[]) => void;
}

/** At most so often the other nodes are told; what comes first after a pause goes at once. */
const intervalMs = 250;

/** Tells other nodes what people draw from their buckets here (SPEC L1); call it when there are new draws. */
export function createTellDraws({ newDraws, say }: TellDrawsParts): () => void {
  let timer: NodeJS.Timeout | null = null;

  function tell(): void {
    const draws = newDraws();
    timer = draws.length === 0 ? null : setTimeout(tell, intervalMs).unref();
    if (draws.length > 0) say(draws);
  }

  return () => {
    // What else is drawn in this turn goes with it.
    timer ??= setTimeout(tell, 0).unref();
  };
}
