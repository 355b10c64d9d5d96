import type { LocalMediaChoice } from "../../media/localMediaChoice.ts";
import type { OpenDevices } from "../../media/openDevices.ts";

/** How somebody wants to come in. */
export interface WayIn {
  readonly choice: LocalMediaChoice;
  /** What is open already; becomes the classroom's own. */
  readonly opened: OpenDevices;
}
