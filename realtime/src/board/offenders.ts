import type { ParticipantId } from "@darasa/protocol";

const offenceMemoryMs = 10 * 60_000;

/** Who stopped workers a short while ago. */
export interface Offenders {
  add(participantId: ParticipantId): void;
  isBanned(participantId: ParticipantId): boolean;
}

/** Whose edit a worker was at when it died: once may be chance, twice keeps them away for a while. */
export function createOffenders(now: () => number): Offenders {
  const offences = new Map<ParticipantId, number[]>();
  const recent = (id: ParticipantId) =>
    (offences.get(id) ?? []).filter((atMs) => now() - atMs < offenceMemoryMs);
  return {
    add: (id) => void offences.set(id, [...recent(id), now()]),
    isBanned: (id) => recent(id).length >= 2,
  };
}
