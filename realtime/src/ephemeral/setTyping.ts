import type { SetTyping } from "@darasa/protocol";
import type { Publisher } from "../publish/publisher.ts";
import { done, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

/** Tells all nodes' people that somebody begins or ends to write; in a hall nobody (SPEC P11). */
export function createSetTyping(publisher: Publisher) {
  return (
    { room, session }: Stay,
    { typing }: SetTyping,
  ): Answer<Readonly<Record<string, never>>> => {
    if (room.isHall) return done;
    const { participantId } = session.identity;
    publisher.publishEverywhere(room.channel, {
      type: "typing",
      room: room.roomId,
      participantId,
      typing,
    });
    return done;
  };
}
