import type { Stay } from "./room.ts";

/** Who wants to know that sessions enter and leave rooms. */
export interface StayObserver {
  entered(stay: Stay): void;
  /** Called once, when the stay is out of its room already; `inClass` is as it was. */
  left(stay: Stay): void;
}
