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

/** Holds them by person. Nearly everybody has one: theirs stands there without a list around it. */
export function createSessionRegistry(): SessionRegistry {
  const byPerson = new Map<ParticipantId, Session | readonly Session[]>();
  let size = 0;
  const everybody = () => [...byPerson.values()].flat();

  function of(participantId: ParticipantId): readonly Session[] {
    const found = byPerson.get(participantId);
    return found === undefined ? [] : [found].flat();
  }

  return {
    add(session) {
      const { participantId } = session.identity;
      size += 1;
      if (!byPerson.has(participantId)) {
        byPerson.set(participantId, session);
        return;
      }
      const before = of(participantId);
      byPerson.set(participantId, [...before, session]);
      if (before.length >= maxSessionsPerParticipant) {
        before[0]?.outbox.close(closeReasons.replaced);
      }
    },
    remove(session) {
      const { participantId } = session.identity;
      const before = of(participantId);
      if (!before.includes(session)) return;
      size -= 1;
      const [first, ...more] = before.filter((other) => other !== session);
      if (first === undefined) byPerson.delete(participantId);
      else byPerson.set(participantId, more.length === 0 ? first : [first, ...more]);
    },
    of,
    all: everybody,
    guestsOf: (liveClassId) =>
      everybody().filter((session) => session.identity.guestOf === liveClassId),
    get size() {
      return size;
    },
  };
}
