import { createSignal, onMount } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { Member } from "./place.ts";

/** A place to be given. */
export interface WantedPlace {
  readonly userId: string;
  readonly role: Member["role"];
  readonly untilMs: number | null;
}

/** Who belongs to a room, and what can be done about it. The acts reject with what the server said. */
export interface Members {
  /** Undefined until they are there. */
  readonly list: () => readonly Member[] | undefined;
  /** Why they could not be brought; undefined when they could. */
  readonly error: () => unknown;
  readonly reload: () => Promise<void>;
  readonly set: (place: WantedPlace) => Promise<void>;
  readonly remove: (userId: string) => Promise<void>;
}

/** The members of that room, brought when the owner is shown. */
export function createMembers(roomId: () => string): Members {
  const [list, setList] = createSignal<readonly Member[]>();
  const [error, setError] = createSignal<unknown>();
  const params = () => ({ path: { id: roomId() } });
  const reload = async (): Promise<void> => {
    setError(undefined);
    try {
      setList((await dataOf(api.GET("/api/rooms/{id}/members", { params: params() }))).members);
    } catch (problem) {
      setError(problem);
    }
  };
  onMount(() => void reload());
  return {
    list,
    error,
    reload,
    async set(body) {
      setList(
        (await dataOf(api.POST("/api/rooms/{id}/members", { params: params(), body }))).members,
      );
    },
    async remove(userId) {
      const path = { id: roomId(), userId };
      await dataOf(api.DELETE("/api/rooms/{id}/members/{userId}", { params: { path } }));
      setList((before) => before?.filter((member) => member.userId !== userId));
    },
  };
}
