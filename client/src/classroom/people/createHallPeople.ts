import type { Participant, ParticipantId } from "@darasa/protocol";
import { createSignal, type Accessor } from "solid-js";
import type { RoomCommands } from "../../room/roomCommands.ts";

/** The people of a hall, read page by page (SPEC P10). */
export interface HallPeople {
  /** Those read so far, in the server's order. */
  readonly people: Accessor<readonly Participant[]>;
  readonly isLoading: Accessor<boolean>;
  /** Are there more than those read? */
  readonly hasMore: Accessor<boolean>;
  /** Begins anew with those whose name has that in it; with the same, what was read is read again. */
  readonly search: (query: string) => Promise<void>;
  readonly more: () => Promise<void>;
}

/** A list of which nothing was read yet. Its promises never reject: what cannot be had is asked for again. */
export function createHallPeople(get: RoomCommands["getParticipants"]): HallPeople {
  const [people, setPeople] = createSignal<readonly Participant[]>([]);
  const [isLoading, setIsLoading] = createSignal(false);
  const [next, setNext] = createSignal<ParticipantId | null>(null);
  let query: string | null = null;
  /** An answer to an earlier question is not one to this. */
  let question = 0;

  /** Reads on from `after`, until there are at least so many. */
  async function read(
    before: readonly Participant[],
    { after, atLeast }: { readonly after: ParticipantId | null; readonly atLeast: number },
  ): Promise<void> {
    const own = (question += 1);
    setIsLoading(true);
    let found = before;
    let from = after;
    try {
      do {
        const page = await get({ after: from, query: query ?? "" });
        if (own !== question) return;
        found = [...found, ...page.participants];
        from = page.next;
      } while (from !== null && found.length < atLeast);
      setPeople(found);
      setNext(from);
    } catch {
      // Without a connection the list stays as it was; whoever looks on asks again.
    } finally {
      if (own === question) setIsLoading(false);
    }
  }

  return {
    people,
    isLoading,
    hasMore: () => next() !== null,
    search: (wanted) => {
      const isSame = wanted === query;
      query = wanted;
      return read([], { after: null, atLeast: isSame ? people().length : 1 });
    },
    more: async () => {
      const after = next();
      if (after !== null && !isLoading())
        await read(people(), { after, atLeast: people().length + 1 });
    },
  };
}
