import type { ParticipantRole, TrackKind } from "@darasa/protocol";
import type { LiveKitPerson } from "./liveKitRooms.ts";

/** What the database says of somebody who may be in the class. */
export interface Seat {
  readonly role: ParticipantRole;
  readonly sources: readonly TrackKind[];
}

/** By participant id: everybody who may be there. */
export type Seats = ReadonlyMap<string, Seat>;

/** What is to be done to a room so that it is as the database says. */
export interface RoomPlan {
  /** Identities without a seat. */
  readonly putOut: readonly string[];
  /** What they may send from now on, of those who may send something else. */
  readonly permit: readonly { readonly identity: string; readonly sources: readonly TrackKind[] }[];
  /** Who stays. */
  readonly present: readonly LiveKitPerson[];
}

/** Compares who is there, and what they may do, with who may be there, and what they should. */
export function planRoom(people: readonly LiveKitPerson[], seats: Seats): RoomPlan {
  const present = people.filter(({ identity }) => seats.has(identity));
  return {
    putOut: people.filter(({ identity }) => !seats.has(identity)).map(({ identity }) => identity),
    permit: present.flatMap(({ identity, sources: granted }) => {
      const sources = seats.get(identity)?.sources ?? [];
      return isSame(granted, sources) ? [] : [{ identity, sources }];
    }),
    present,
  };
}

/** What is on the air and is to be muted, of one person or of all but teachers. */
export function planMute(
  people: readonly LiveKitPerson[],
  seats: Seats,
  { participantId, track }: { readonly participantId: string | null; readonly track: TrackKind },
): { readonly identity: string; readonly trackSid: string }[] {
  return people
    .filter(({ identity }) =>
      participantId === null ? seats.get(identity)?.role !== "teacher" : identity === participantId,
    )
    .flatMap(({ identity, tracks }) =>
      tracks
        .filter(({ kind, isMuted }) => kind === track && !isMuted)
        .map(({ sid }) => ({ identity, trackSid: sid })),
    );
}

function isSame(granted: readonly TrackKind[] | null, sources: readonly TrackKind[]): boolean {
  return granted?.length === sources.length && sources.every((kind) => granted.includes(kind));
}
