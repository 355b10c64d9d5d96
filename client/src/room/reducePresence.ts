import type { Participant, ParticipantId } from "@darasa/protocol";

/** Who is in the room, by id. */
export type Presence = ReadonlyMap<ParticipantId, Participant>;

/** After a join: exactly those whom its answer names. */
export function joinPresence(participants: readonly Participant[]): Presence {
  return new Map(participants.map((participant) => [participant.participantId, participant]));
}

/** Changes that came together. `reset` begins the list anew: the room became a hall, or is none any more. */
export interface PresenceChange {
  readonly present: readonly Participant[];
  readonly gone: readonly ParticipantId[];
  readonly reset?: true | undefined;
}

/** After gathered changes; applied in order to the join's answer they give the present state (SPEC P2, P10). */
export function changePresence(presence: Presence, change: PresenceChange): Presence {
  const next = new Map(change.reset ? [] : presence);
  for (const participantId of change.gone) next.delete(participantId);
  for (const participant of change.present) next.set(participant.participantId, participant);
  return next;
}

/** Those with a raised hand, the longest-waiting first (SPEC P3). */
export function handsInOrder(presence: Presence): Participant[] {
  return [...presence.values()].filter(hasHandUp).sort(byHand);
}

/** Teachers first, then raised hands in the order raised, then everybody by name. */
export function peopleInOrder(presence: Presence, language: string): Participant[] {
  const collator = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  const rank = (person: Participant) => (person.role === "teacher" ? 0 : hasHandUp(person) ? 1 : 2);
  return [...presence.values()].sort(
    (a, b) => rank(a) - rank(b) || byHand(a, b) || collator.compare(a.name, b.name) || byId(a, b),
  );
}

/** Is this person asking to speak? */
export function hasHandUp(person: Participant): boolean {
  return person.handRaisedAtMs !== null;
}

function byHand(a: Participant, b: Participant): number {
  if (a.handRaisedAtMs === b.handRaisedAtMs) return 0;
  return (a.handRaisedAtMs ?? Infinity) - (b.handRaisedAtMs ?? Infinity);
}

function byId(a: Participant, b: Participant): number {
  return a.participantId < b.participantId ? -1 : 1;
}
