import type { Participant, ParticipantId, Pulse } from "@darasa/protocol";

/** Who has taken no part for so long is silent. */
export const silentAfterMs = 600_000;

/** Why somebody may need the teacher, the most pressing first. */
export const needs = ["hand", "line", "silent"] as const;
export type Need = (typeof needs)[number];

/** One person with what a teacher knows of their line. */
export interface PulsedPerson {
  readonly person: Participant;
  /** Undefined while they have said nothing of themselves. */
  readonly pulse: Pulse | undefined;
}

/** All for which somebody may need the teacher, the most pressing first; teachers help themselves. Pure. */
export function needsOf({ person, pulse }: PulsedPerson, nowMs: number): readonly Need[] {
  if (person.role === "teacher") return [];
  const found: Need[] = [];
  if (person.handRaisedAtMs !== null) found.push("hand");
  if (pulse !== undefined && pulse.quality !== "good") found.push("line");
  if (pulse !== undefined && nowMs - pulse.activeAtMs >= silentAfterMs) found.push("silent");
  return found;
}

/** Whole minutes of silence; null for those who are not silent. Pure. */
export function silentMinutes({ person, pulse }: PulsedPerson, nowMs: number): number | null {
  if (pulse === undefined || person.role === "teacher") return null;
  const silentMs = nowMs - pulse.activeAtMs;
  return silentMs >= silentAfterMs ? Math.floor(silentMs / 60_000) : null;
}

/**
 * By who needs the teacher most: hands, the longest-waiting first, then lost lines, then poor ones, then the silent,
 * the longest first, then everybody by name, and teachers last. Two people are never equal. Pure.
 */
export function compareNeeds(
  nowMs: number,
  collator: Pick<Intl.Collator, "compare">,
): (left: PulsedPerson, right: PulsedPerson) => number {
  return (left, right) => {
    const rank = rankOf(left, nowMs);
    return (
      rank - rankOf(right, nowMs) ||
      sinceWhen(left, rank) - sinceWhen(right, rank) ||
      collator.compare(left.person.name, right.person.name) ||
      byId(left, right)
    );
  };
}

/** The people of a room in the order in which they need the teacher. Pure. */
export function peopleByNeed(
  people: readonly PulsedPerson[],
  { nowMs, language }: { readonly nowMs: number; readonly language: string },
): readonly PulsedPerson[] {
  const collator = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  return [...people].sort(compareNeeds(nowMs, collator));
}

/** How many there are of each need. Pure. */
export function countNeeds(
  people: readonly PulsedPerson[],
  nowMs: number,
): Readonly<Record<Need, number>> {
  const counts = { hand: 0, line: 0, silent: 0 };
  for (const person of people) for (const need of needsOf(person, nowMs)) counts[need] += 1;
  return counts;
}

/** Joins who is here with what is known of their lines. Pure. */
export function withPulse(
  presence: ReadonlyMap<ParticipantId, Participant>,
  pulse: ReadonlyMap<ParticipantId, Pulse>,
): readonly PulsedPerson[] {
  return [...presence.values()].map((person) => ({
    person,
    pulse: pulse.get(person.participantId),
  }));
}

const handRank = 0;
const silentRank = 3;

function rankOf(one: PulsedPerson, nowMs: number): number {
  if (one.person.role === "teacher") return 5;
  const first: Need | undefined = needsOf(one, nowMs)[0];
  switch (first) {
    case "hand":
      return handRank;
    case "line":
      return one.pulse?.quality === "lost" ? 1 : 2;
    case "silent":
      return silentRank;
    case undefined:
      return 4;
  }
}

function sinceWhen({ person, pulse }: PulsedPerson, rank: number): number {
  if (rank === handRank) return person.handRaisedAtMs ?? 0;
  return rank === silentRank ? (pulse?.activeAtMs ?? 0) : 0;
}

function byId(left: PulsedPerson, right: PulsedPerson): number {
  if (left.person.participantId === right.person.participantId) return 0;
  return left.person.participantId < right.person.participantId ? -1 : 1;
}
