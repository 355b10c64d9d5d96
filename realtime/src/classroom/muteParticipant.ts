import { notifyControl, type Database } from "@darasa/database";
import { hasPermission, sourcesOf, trackKinds, type MuteParticipant } from "@darasa/protocol";
import type { NodeBus } from "../nodes/nodeBus.ts";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import { setMedia } from "../room/people.ts";
import type { PresenceNoticeOf } from "../room/presenceNotice.ts";
import type { Person, Room, Stay } from "../room/room.ts";
import { tell } from "../room/tell.ts";

/** Whose track is switched off, and by whom. */
export type Muting = Omit<PresenceNoticeOf<"mute">, "kind" | "byName"> & {
  /** Null: they may not send it any more. */
  readonly byName: string | null;
};

interface MuteParts {
  readonly presence: PresenceFeed;
  readonly bus: Pick<NodeBus, "say">;
  readonly database: Database;
}

/**
 * Switches a track of one person off, or of all but teachers; their clients do it, and where a media server carries the
 * track, it does so too (SPEC P5).
 */
export function createMuteParticipant({ presence, bus, database }: MuteParts) {
  return async (
    { room, session }: Stay,
    { participant, track }: MuteParticipant,
  ): Promise<Answer<Readonly<Record<string, never>>>> => {
    const person = participant === null ? null : room.people.get(participant);
    if (person === undefined) return refuse("not_found");
    const muting = { participantId: participant, track, byName: session.identity.name };
    mute(presence, room, muting);
    if (person === null || person.elsewhere !== null) {
      bus.say(room.channel, { kind: "mute", ...muting });
    }
    await tellMediaServer(database, room, { participantId: participant, track });
    return done;
  };
}

/** Api hears it, which speaks to media servers. */
async function tellMediaServer(
  database: Database,
  { schoolId, roomId, liveClass }: Room,
  muted: Pick<Muting, "participantId" | "track">,
): Promise<void> {
  if (liveClass?.stage.video !== "livekit" && liveClass?.stage.video !== "jitsi") return;
  const where = { schoolId, roomId, liveClassId: liveClass.liveClassId };
  await database.inSchool(schoolId, (tx) =>
    notifyControl(tx, { kind: "trackMuted", ...where, ...muted }),
  );
}

/**
 * Switches off what people who are connected here send and may not any more: the class, or the teacher about them, has
 * come to say less (SPEC V9).
 */
export function keepToSources(presence: PresenceFeed, room: Room): void {
  if (room.liveClass === null) return;
  for (const { own } of [...room.people.values()]) {
    if (own === null) continue;
    const { participantId, media } = own.participant;
    const may = sourcesOf(own.participant, room.liveClass.stage);
    for (const track of trackKinds) {
      if (!media[track] || may.includes(track)) continue;
      mute(presence, room, { participantId, track, byName: null });
    }
  }
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
