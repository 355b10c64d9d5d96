import { hasPermission, type MuteParticipant } from "@darasa/protocol";
import type { NodeBus } from "../nodes/nodeBus.ts";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import { setMedia } from "../room/people.ts";
import type { PresenceNoticeOf } from "../room/presenceNotice.ts";
import type { Person, Room, Stay } from "../room/room.ts";
import { tell } from "../room/tell.ts";

/** Whose track is switched off, and by whom. */
export type Muting = Omit<PresenceNoticeOf<"mute">, "kind">;

/** Switches a track of one person off, or of all but teachers; their clients do it (SPEC P5). */
export function createMuteParticipant(presence: PresenceFeed, bus: Pick<NodeBus, "say">) {
  return (
    { room, session }: Stay,
    { participant, track }: MuteParticipant,
  ): Answer<Readonly<Record<string, never>>> => {
    const person = participant === null ? null : room.people.get(participant);
    if (person === undefined) return refuse("not_found");
    const muting = { participantId: participant, track, byName: session.identity.name };
    mute(presence, room, muting);
    if (person === null || person.elsewhere !== null) {
      bus.say(room.channel, { kind: "mute", ...muting });
    }
    return done;
  };
}

/** Tells those who are connected here, and shows the track as off. */
export function mute(
  presence: PresenceFeed,
  room: Room,
  { participantId, track, byName }: Muting,
): void {
  const one = participantId === null ? undefined : room.people.get(participantId);
  const muted = participantId === null ? allButTeachers(room) : one === undefined ? [] : [one];
  for (const person of muted) {
    if (person.own === null) continue;
    const { media } = person.own.participant;
    for (const stay of person.stays) {
      tell(stay.session, { type: "muted", room: room.roomId, track, byName });
    }
    if (!media[track]) continue;
    setMedia(room, person, { mediaOf: person.mediaOf, media: { ...media, [track]: false } });
    presence.changed(room, person.participant.participantId);
  }
}

function allButTeachers(room: Room): Person[] {
  return [...room.people.values()].filter(
    ({ participant }) => !hasPermission(participant.role, "classroom.moderate"),
  );
}
