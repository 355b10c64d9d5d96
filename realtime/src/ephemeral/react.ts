import type { React } from "@darasa/protocol";
import type { Publisher } from "../publish/publisher.ts";
import { done, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";

/** Shows one person's reaction to all (SPEC P12). */
export function createReact(publisher: Publisher) {
  return (
    { room, session }: Stay,
    { reaction }: React,
  ): Answer<Readonly<Record<string, never>>> => {
    const { participantId } = session.identity;
    publisher.publishEverywhere(room.channel, {
      type: "reaction",
      room: room.roomId,
      reaction,
      participantId,
      count: 1,
    });
    return done;
  };
}
