import type { SetMedia } from "@darasa/protocol";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import { setMedia } from "../room/people.ts";
import type { Stay } from "../room/room.ts";

/** Shows which of one's tracks are on (SPEC V5). They belong to the session that said so last. */
export function createSetMedia(presence: PresenceFeed) {
  return (
    stay: Stay,
    { microphone, camera, screen }: SetMedia,
  ): Answer<Readonly<Record<string, never>>> => {
    const { participantId } = stay.session.identity;
    const person = stay.room.people.get(participantId);
    if (person === undefined) return refuse("not_found");
    setMedia(stay.room, person, { mediaOf: stay, media: { microphone, camera, screen } });
    presence.changed(stay.room, participantId);
    return done;
  };
}
