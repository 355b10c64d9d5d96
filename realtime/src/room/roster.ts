import type { Participant, ParticipantId } from "@darasa/protocol";
import type { Person, Room, RosterEntry } from "./room.ts";

/** One page of those who are present. */
export interface RosterPage {
  readonly participants: readonly Participant[];
  /** Where the next page begins; null when this was the last. */
  readonly next: ParticipantId | null;
}

export interface PageQuestion {
  readonly after: ParticipantId | null;
  /** Only those whose name contains this, whatever the case; all when it is empty. */
  readonly query: string;
  readonly pageSize: number;
}

/** The page after `after`. Costs its own length, or with `query` at most one look at every name. */
export function pageOfRoster(room: Room, { after, query, pageSize }: PageQuestion): RosterPage {
  const roster = (room.roster ??= [...room.people.values()].sort(byId).map(entryOf));
  const wanted = query.toLowerCase();
  const participants: Participant[] = [];
  for (let at = after === null ? 0 : placeAfter(roster, after); at < roster.length; at += 1) {
    const { lowerName, person } = roster[at] as RosterEntry;
    if (wanted !== "" && !lowerName.includes(wanted)) continue;
    if (participants.length === pageSize) {
      return { participants, next: participants.at(-1)?.participantId ?? null };
    }
    participants.push(person.participant);
  }
  return { participants, next: null };
}

/** Somebody came who was not there. */
export function addToRoster({ roster }: Room, person: Person): void {
  roster?.splice(placeAfter(roster, person.participant.participantId), 0, entryOf(person));
}

/** Somebody went who was there. */
export function removeFromRoster({ roster }: Room, person: Person): void {
  roster?.splice(placeAfter(roster, person.participant.participantId) - 1, 1);
}

/** The place of the first id that is greater. */
function placeAfter(roster: readonly RosterEntry[], id: ParticipantId): number {
  let [low, high] = [0, roster.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((roster[middle] as RosterEntry).participantId <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byId({ participant: one }: Person, { participant: other }: Person): number {
  return one.participantId < other.participantId ? -1 : 1;
}

function entryOf(person: Person): RosterEntry {
  const { participantId, name } = person.participant;
  return { participantId, lowerName: name.toLowerCase(), person };
}
