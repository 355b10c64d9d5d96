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
  /** The running class that they are in; null outside of one. */
  readonly liveClassId: LiveClassId | null;
  readonly permissions: ClassPermissions;
  readonly drawAllowed: boolean;
}

/**
 * In a live class its permissions hold. Outside of one, teachers always draw, and students where they are among
 * themselves, not on the boards of a class.
 */
export function mayDraw(drawer: Drawer): boolean {
  if (drawer.liveClassId !== null) return canDraw(drawer, drawer.permissions);
  if (hasPermission(drawer.role, "board.drawWhenLocked")) return true;
  return drawer.roomKind !== "class" && hasPermission(drawer.role, "board.draw");
}
