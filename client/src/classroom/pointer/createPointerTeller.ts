import { limits, rateLimits, type PointedAt } from "@darasa/protocol";
import type { Environment } from "../../connection/environment.ts";

/**
 * Where one points goes out this often at most: a third of what may pass (SPEC L1), which is for typing, reactions and
 * the person's other windows, too. And a thin line has to carry the pointers of all.
 */
export const pointerIntervalMs = 3_000 / rateLimits.ephemeral.perSecond;

/** Who goes on pointing at one place says so again after this long: half of what it is believed for (SPEC P13). */
const tellAgainMs = limits.pointerLifeMs / 2;

/** Tells the others where one points, and no oftener than they need to know. */
export interface PointerTeller {
  /** Where one points from now on; null: nowhere. Of several within `pointerIntervalMs` the last is told. */
  readonly point: (at: PointedAt | null) => void;
  /** Tells nothing any more. */
  readonly close: () => void;
}

/** A teller of somebody who does not point yet. */
export function createPointerTeller(
  tell: (at: PointedAt | null) => void,
  { steadyMs, after }: Pick<Environment, "steadyMs" | "after">,
): PointerTeller {
  let wanted: PointedAt | null = null;
  let told: PointedAt | null = null;
  let mayTellAtMs = -Infinity;
  let cancel: (() => void) | undefined;

  function tellNow(): void {
    mayTellAtMs = steadyMs() + pointerIntervalMs;
    told = wanted;
    tell(wanted);
    tellIn(told === null ? null : tellAgainMs);
  }

  function tellIn(delayMs: number | null): void {
    cancel?.();
    cancel = delayMs === null ? undefined : after(delayMs, tellNow);
  }

  return {
    close: () => cancel?.(),
    point: (at) => {
      wanted = at;
      const isNews = wanted !== null || told !== null;
      tellIn(isNews ? Math.max(0, mayTellAtMs - steadyMs()) : null);
    },
  };
}
