import type { Point } from "@darasa/protocol";
import type { Publisher } from "../publish/publisher.ts";
import { done, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

/** Shows where one person points (SPEC P13). */
export function createPoint(publisher: Publisher) {
  return ({ room, session }: Stay, { at }: Point): Answer<Readonly<Record<string, never>>> => {
    const { participantId } = session.identity;
    publisher.publishEverywhere(room.channel, {
      type: "pointer",
      room: room.roomId,
      participantId,
      at,
    });
    return done;
  };
}
