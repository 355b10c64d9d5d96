import type { Room } from "../api/api.ts";

/** Whether the person can start a class in that room. */
export function canStartIn(room: Room): boolean {
  return room.role === "teacher" && room.kind === "class";
}
