import type { AskToUnmute, ParticipantId, UnmuteAskedEvent } from "@darasa/protocol";
import { done, refuse, type Answer } from "../room/answer.ts";
import type { Room, Stay } from "../room/room.ts";

/** Tells one person, at whatever node. */
export type TellAnywhere = (
  room: Room,
  participantId: ParticipantId,
  event: UnmuteAskedEvent,
) => void;

/** Asks one person to switch their microphone or camera on; they do, or not (SPEC P15). */
export function createAskToUnmute(tellAnywhere: TellAnywhere) {
  return (
    { room, session }: Stay,
    { participant, track }: AskToUnmute,
  ): Answer<Readonly<Record<string, never>>> => {
    if (!room.people.has(participant)) return refuse("not_found");
    const byName = session.identity.name;
    tellAnywhere(room, participant, { type: "unmuteAsked", room: room.roomId, track, byName });
    return done;
  };
}
