import type { HttpPages } from "./httpPages.ts";
import type { Route, TransportObserver } from "./transport.ts";
import type { UpgradePolicy } from "./upgrade.ts";

/** What either transport is made of. */
export interface TransportOptions {
  readonly routes: readonly Route[];
  readonly policy: UpgradePolicy;
  readonly observer: TransportObserver;
  readonly pages: HttpPages;
}
