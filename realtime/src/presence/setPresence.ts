import type { SetPresence } from "@darasa/protocol";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, type Answer } from "../room/answer.ts";
import { sayPresence } from "../room/people.ts";
import type { Stay } from "../room/room.ts";

/** Shows what somebody has before them, and whether they are there at all (SPEC P9). */
export function createSetPresence(presence: PresenceFeed) {
  return (stay: Stay, command: SetPresence): Answer<Readonly<Record<string, never>>> => {
    const isNews = sayPresence(stay, command);
    if (isNews) presence.changed(stay.room, stay.session.identity.participantId);
    return done;
  };
}
