import type { SetPresence } from "@darasa/protocol";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, type Answer } from "../room/answer.ts";
import { updateParticipant } from "../room/people.ts";
import type { Stay } from "../room/room.ts";

/** Shows what somebody has before them, and whether they are there at all (SPEC P9). */
export function createSetPresence(presence: PresenceFeed) {
  return (
    { room, session }: Stay,
    { context, idle }: SetPresence,
  ): Answer<Readonly<Record<string, never>>> => {
    const { participantId } = session.identity;
    updateParticipant(room, participantId, { context, idle });
    presence.changed(room, participantId);
    return done;
  };
}
