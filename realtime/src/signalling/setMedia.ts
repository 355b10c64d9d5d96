import { sourcesOf, trackKinds, type MediaState, type SetMedia } from "@darasa/protocol";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import { setMedia } from "../room/people.ts";
import type { Person, Room, Stay } from "../room/room.ts";

/** Shows which of one's tracks are on (SPEC V5, V9). They belong to the session that said so last. */
export function createSetMedia(presence: PresenceFeed) {
  return (stay: Stay, command: SetMedia): Answer<Readonly<Record<string, never>>> => {
    const { participantId } = stay.session.identity;
    const person = stay.room.people.get(participantId);
    if (person === undefined) return refuse("not_found");
    if (isTooMuch(stay.room, person, command)) return refuse("forbidden");
    const { microphone, camera, screen } = command;
    setMedia(stay.room, person, { mediaOf: stay, media: { microphone, camera, screen } });
    presence.changed(stay.room, participantId);
    return done;
  };
}

/** Whether something in it may not be sent: in a live class that is what its stage says. */
function isTooMuch({ liveClass }: Room, { participant }: Person, media: MediaState): boolean {
  if (liveClass === null) return false;
  const may = sourcesOf(participant, liveClass.stage);
  return trackKinds.some((track) => media[track] && !may.includes(track));
}
