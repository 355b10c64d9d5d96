import { closeReasons, type LiveClassId, type ParticipantId } from "@darasa/protocol";
import type { Session } from "../room/room.ts";

/** Tabs and devices of one person at the same time; their oldest connection makes room for one more. */
export const maxSessionsPerParticipant = 10;

/** The sessions of this process that have said hello. */
export interface SessionRegistry {
  /** Takes a session in; beyond `maxSessionsPerParticipant` the person's oldest is closed as replaced. */
  add(session: Session): void;
  remove(session: Session): void;
  /** Those of one person, oldest first. */
  of(participantId: ParticipantId): readonly Session[];
  /** Everybody. */
  all(): Session[];
  /** The guests of one live class. */
  guestsOf(liveClassId: LiveClassId): readonly Session[];
  readonly size: number;
}

/** Holds them by person. */
export function createSessionRegistry(): SessionRegistry {
  const byPerson = new Map<ParticipantId, Set<Session>>();
  let size = 0;
  const everybody = () => [...byPerson.values()].flatMap((sessions) => [...sessions]);
  return {
    add(session) {
      const { participantId } = session.identity;
      const all = byPerson.get(participantId) ?? new Set();
      byPerson.set(participantId, all.add(session));
      size += 1;
      const [oldest] = all;
      if (all.size > maxSessionsPerParticipant) oldest?.outbox.close(closeReasons.replaced);
    },
    remove(session) {
      const { participantId } = session.identity;
      const all = byPerson.get(participantId);
      if (all?.delete(session) === true) size -= 1;
      if (all?.size === 0) byPerson.delete(participantId);
    },
    of: (participantId) => [...(byPerson.get(participantId) ?? [])],
    all: everybody,
    guestsOf: (liveClassId) =>
      everybody().filter((session) => session.identity.guestOf === liveClassId),
    get size() {
      return size;
    },
  };
}
