import type { MediaState, Participant, ParticipantId } from "@darasa/protocol";

/** Everybody's tracks before they said anything else. */
export const mediaOff: MediaState = { microphone: false, camera: false, screen: false };

/**
 * What one node says of a person who has sessions there (SPEC P14): replaced, never changed. The counters order what
 * different nodes say of the same: each word is one above all that were known of that person, and the highest counts.
 */
export interface Part {
  /** The person as they would be seen if they were connected to that node alone. */
  readonly participant: Participant;
  /** Orders `name`, `role`, `drawAllowed` and `sources`. */
  readonly placeSaid: number;
  /** Orders `handRaisedAtMs`; 0: nothing was ever said of a hand. */
  readonly handSaid: number;
  /** Orders `media`; 0: no session there carries tracks. */
  readonly mediaSaid: number;
  /** Orders `context`. */
  readonly contextSaid: number;
}

export type Counter = Exclude<keyof Part, "participant">;

/** What a person keeps when they come back soon after their last session left (SPEC P3). */
export interface Memory {
  readonly participantId: ParticipantId;
  readonly handRaisedAtMs: number;
  readonly handSaid: number;
  readonly joinedAtMs: number;
}

/** Two parts of one person as one: the same whatever the order in which parts are merged. */
export function mergeParts(one: Part, other: Part): Part {
  const place = later([one, other], "placeSaid", placeOf);
  const hand = later([one, other], "handSaid", ({ handRaisedAtMs }) => handRaisedAtMs);
  const tracks = later([one, other], "mediaSaid", ({ media }) => media);
  const context = later([one, other], "contextSaid", (seen) => seen.context);
  const [left, right] = [one.participant, other.participant];
  const { name, role, drawAllowed, sources } = place.participant;
  return {
    participant: {
      participantId: left.participantId,
      name,
      role,
      joinedAtMs: Math.min(left.joinedAtMs, right.joinedAtMs),
      inClass: left.inClass || right.inClass,
      drawAllowed,
      handRaisedAtMs: hand.participant.handRaisedAtMs,
      media: tracks.participant.media,
      context: context.participant.context,
      idle: left.idle && right.idle,
      sources,
    },
    placeSaid: place.placeSaid,
    handSaid: hand.handSaid,
    mediaSaid: tracks.mediaSaid,
    contextSaid: context.contextSaid,
  };
}

/**
 * The part with what is known of the person's hand and of their first join: both outlive the node that says so. The
 * same part when that is nothing new.
 */
export function adopt(own: Part, known: Memory | Part): Part {
  const isPart = "participant" in known;
  const { handRaisedAtMs, joinedAtMs } = isPart ? known.participant : known;
  const isNewer = known.handSaid > own.handSaid;
  if (!isNewer && joinedAtMs >= own.participant.joinedAtMs) return own;
  return {
    ...own,
    handSaid: Math.max(known.handSaid, own.handSaid),
    participant: {
      ...own.participant,
      joinedAtMs: Math.min(joinedAtMs, own.participant.joinedAtMs),
      ...(isNewer && { handRaisedAtMs }),
    },
  };
}

/** What is remembered of somebody who leaves; null when their hand is down. */
export function memoryOf({ participant, handSaid }: Part): Memory | null {
  const { participantId, handRaisedAtMs, joinedAtMs } = participant;
  return handRaisedAtMs === null ? null : { participantId, handRaisedAtMs, handSaid, joinedAtMs };
}

/** Of two words at the same time the one whose text is greater: every node chooses the same. */
function later(
  [one, other]: readonly [Part, Part],
  counter: Counter,
  said: (participant: Participant) => unknown,
): Part {
  if (one[counter] !== other[counter]) return one[counter] > other[counter] ? one : other;
  const texts = [one, other].map(({ participant }) => JSON.stringify(said(participant)));
  return (texts[0] ?? "") >= (texts[1] ?? "") ? one : other;
}

function placeOf({ name, role, drawAllowed, sources }: Participant): unknown {
  return [role, drawAllowed, name, sources];
}
