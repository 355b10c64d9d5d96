import {
  canDraw,
  hasPermission,
  type ClassPermissions,
  type LiveClassId,
  type ParticipantRole,
} from "@darasa/protocol";
import type { RoomKind } from "./loadBoard.ts";

/** What decides whether one person may draw on one board. */
export interface Drawer {
  readonly role: ParticipantRole;
  readonly roomKind: RoomKind;
  /** The running class that they are in; null when they only look at its room, or none runs. */
  readonly liveClassId: LiveClassId | null;
  /** Of the class that runs in the room; no locks when none does. */
  readonly permissions: ClassPermissions;
  readonly drawAllowed: boolean;
}

/**
 * A class room's boards are drawn on in class, and outside of it by teachers only; elsewhere people are among
 * themselves. The locks of a class that runs hold for its whole room: nobody steps out of it to draw on.
 */
export function mayDraw(drawer: Drawer): boolean {
  const isOutside = drawer.roomKind === "class" && drawer.liveClassId === null;
  if (isOutside) return hasPermission(drawer.role, "board.drawWhenLocked");
  return canDraw(drawer, drawer.permissions);
}
