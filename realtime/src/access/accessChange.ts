import type { ControlMessage } from "@darasa/database";
import type { Identity } from "../room/room.ts";

/** Word that sign-ins ended, or that all connections of a person must come anew. */
export type AccessChange = Extract<ControlMessage, { kind: "accessChanged" }>;

/** Word of one room. */
export type RoomChange = Exclude<ControlMessage, AccessChange>;

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
