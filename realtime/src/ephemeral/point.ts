import { canDraw, hasPermission, type Point } from "@darasa/protocol";
import type { Publisher } from "../publish/publisher.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import { permissionsOf, type Stay } from "../room/room.ts";

/** Shows where one person points, who may draw; in a hall only teachers (SPEC P13). */
export function createPoint(publisher: Publisher) {
  return (
    { room, session, role }: Stay,
    { at }: Point,
  ): Answer<Readonly<Record<string, never>>> => {
    const { participantId } = session.identity;
    const drawAllowed = room.people.get(participantId)?.participant.drawAllowed === true;
    // Taking the pointer away is always allowed: the right may have ended while it was shown.
    if (at !== null && !canDraw({ role, drawAllowed }, permissionsOf(room))) {
      return refuse("drawing_locked");
    }
    if (room.isHall && !hasPermission(role, "classroom.moderate")) return refuse("forbidden");
    publisher.publishEverywhere(room.channel, {
      type: "pointer",
      room: room.roomId,
      participantId,
      at,
    });
    return done;
  };
}
