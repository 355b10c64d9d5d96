import { signTicket } from "../school/signTicket.ts";
import type { LoadPerson, LoadRoom } from "../school/fillSchool.ts";
import { Visitor } from "./visitor.ts";

/** Somebody with a place in a room. */
export interface Place {
  readonly person: LoadPerson;
  readonly room: string;
}

/** Somebody who is in their room. */
export interface Seated {
  readonly place: Place;
  readonly visitor: Visitor;
}

/** Everybody of these rooms, those of one room together. */
export function placesOf(rooms: readonly LoadRoom[]): Place[] {
  return rooms.flatMap(({ roomId, members }) =>
    members.map((person) => ({ person, room: roomId })),
  );
}

/**
 * Lets all of them in, so many at a time, each with a ticket as the API gives it.
 *
 * @throws Error when somebody is refused
 */
export async function letIn(
  gateway: { readonly port: number; readonly ticketKey: Uint8Array },
  places: readonly Place[],
  atOnce: number,
): Promise<Seated[]> {
  const seated: Seated[] = [];
  const waiting = places.values();
  const oneByOne = async (): Promise<void> => {
    for (const place of waiting) {
      const ticket = signTicket(gateway.ticketKey, place.person);
      const visitor = new Visitor({ port: gateway.port, ticket, room: place.room, since: null });
      const { joined, why } = await visitor.arrived;
      if (!joined) throw new Error(`Somebody was not let in: ${why}`);
      seated.push({ place, visitor });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneByOne));
  return seated;
}
