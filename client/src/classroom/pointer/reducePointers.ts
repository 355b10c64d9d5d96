import {
  canDraw,
  hasPermission,
  type Participant,
  type ParticipantId,
  type PointedAt,
  type PointerEvent,
} from "@darasa/protocol";
import { isHall, ownParticipant, type RoomState } from "../../room/reduceRoom.ts";
import type { Place } from "./pointedPlace.ts";

/** Where people were last told to point, each at one place. */
export type HeldPointers = ReadonlyMap<ParticipantId, PointedAt>;

/** One person's pointer on a screen. */
export interface ShownPointer extends Place {
  readonly participantId: ParticipantId;
  readonly name: string;
}

/** With what was just told; the same map when nothing changed. Pure (SPEC P13). */
export function takePointer(
  pointers: HeldPointers,
  { participantId, at }: Pick<PointerEvent, "participantId" | "at">,
): HeldPointers {
  if (at === null && !pointers.has(participantId)) return pointers;
  const next = new Map(pointers);
  if (at === null) next.delete(participantId);
  else next.set(participantId, at);
  return next;
}

/**
 * The others who point at the screen that `sharer` shares: those who are here and may, in the order in which they
 * began. Pure (SPEC P13).
 */
export function shownPointers(
  pointers: HeldPointers,
  room: RoomState,
  sharer: ParticipantId,
): readonly ShownPointer[] {
  return [...pointers].flatMap(([participantId, at]) => {
    const person = room.presence.get(participantId);
    const isThere = at.target === "screen" && (at.sharedBy ?? sharer) === sharer;
    if (participantId === room.me || person === undefined || !isThere) return [];
    return mayPoint(person, room) ? [{ participantId, name: person.name, x: at.x, y: at.y }] : [];
  });
}

/** May this person point, as far as one can tell here? The server decides; this is for the screen. */
export function ownMayPoint(room: RoomState): boolean {
  const drawAllowed = ownParticipant(room)?.drawAllowed ?? false;
  return mayPoint({ role: room.role, drawAllowed }, room);
}

/** Who may draw; in a hall only teachers (SPEC P13). */
function mayPoint(who: Pick<Participant, "role" | "drawAllowed">, room: RoomState): boolean {
  if (isHall(room)) return hasPermission(who.role, "classroom.moderate");
  return canDraw(who, room.permissions);
}
