import type { HttpPages } from "./httpPages.ts";
import type { Route, TransportObserver } from "./transport.ts";
import type { UpgradePolicy } from "./upgrade.ts";

/** What either transport is made of. */
export interface TransportOptions {
  readonly routes: readonly Route[];
  readonly policy: UpgradePolicy;
  /** A peer that takes nothing for so long is cut (SPEC L4). */
  readonly maxStallMs: number;
  /** Whom nobody has pinged for so long is pinged: some seconds less than `idleTimeoutSeconds`. */
  readonly pingAfterMs: number;
  readonly observer: TransportObserver;
  readonly pages: HttpPages;
}
