import type { ControlMessage } from "@darasa/database";
import type { Identity } from "../room/room.ts";

/** Word that sign-ins ended, or that all connections of a person must come anew. */
export type AccessChange = Extract<ControlMessage, { kind: "accessChanged" }>;

/** Word that somebody's drawings are to be taken from all boards. */
export type DrawingsErased = Extract<ControlMessage, { kind: "drawingsErased" }>;

/** Word for the media servers, which api speaks to. */
export type TrackMuted = Extract<ControlMessage, { kind: "trackMuted" }>;

/** Word of one room. */
export type RoomChange = Exclude<ControlMessage, AccessChange | DrawingsErased | TrackMuted>;

/** Whether that is about a connection of this person and sign-in. */
export function isMeant(
  { schoolId, participantId, signInIds }: AccessChange,
  who: Pick<Identity, "schoolId" | "participantId" | "signInId">,
): boolean {
  return (
    who.schoolId === schoolId &&
    who.participantId === participantId &&
    (signInIds === null || signInIds.includes(who.signInId))
  );
}
