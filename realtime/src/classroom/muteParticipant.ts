import { hasPermission, type MuteParticipant } from "@darasa/protocol";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import { setMedia } from "../room/people.ts";
import type { Person, Stay } from "../room/room.ts";
import { tell } from "../room/tell.ts";

/** Switches a track of one person off, or of all but teachers; their clients do it (SPEC P5). */
export function createMuteParticipant(presence: PresenceFeed) {
  return (
    { room, session }: Stay,
    { participant, track }: MuteParticipant,
  ): Answer<Readonly<Record<string, never>>> => {
    const muted =
      participant === null ? allButTeachers(room.people.values()) : [room.people.get(participant)];
    const byName = session.identity.name;
    for (const person of muted) {
      if (person === undefined) return refuse("not_found");
      for (const stay of person.stays) {
        tell(stay.session, { type: "muted", room: room.roomId, track, byName });
      }
      setMedia(person, person.mediaOf, { ...person.participant.media, [track]: false });
      presence.changed(room, person.participant.participantId);
    }
    return done;
  };
}

function allButTeachers(people: Iterable<Person>): Person[] {
  return [...people].filter(
    ({ participant }) => !hasPermission(participant.role, "classroom.moderate"),
  );
}
