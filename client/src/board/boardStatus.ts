import type { BoardLink } from "./boardConnection.ts";
import type { BoardState } from "./boardState.ts";

/** What the state of a board is made of. */
export interface BoardStatus {
  readonly link: BoardLink;
  /** There is something to show: from this device, or from the server. */
  readonly isOpen: boolean;
  /** All edits of this device are committed. */
  readonly isStored: boolean;
  /** An edit was not taken, and the board has not come anew yet. */
  readonly isRefused: boolean;
}

/** Before anything is known. */
export const openingStatus: BoardStatus = {
  link: "connecting",
  isOpen: false,
  isStored: true,
  isRefused: false,
};

/** Whether two say the same. */
export function isSameStatus(a: BoardStatus, b: BoardStatus): boolean {
  return (
    a.link === b.link &&
    a.isOpen === b.isOpen &&
    a.isStored === b.isStored &&
    a.isRefused === b.isRefused
  );
}

/** The one word for where a board stands, for one who may draw on it or may not. */
export function boardState(status: BoardStatus, mayDraw: boolean): BoardState {
  if (status.isRefused) return "refused";
  if (status.link === "connecting") return "connecting";
  if (status.link !== "online") return "offline";
  if (!mayDraw) return "locked";
  return status.isStored ? "stored" : "synced";
}
