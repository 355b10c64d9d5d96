import { createResource } from "solid-js";
import { api, type Room } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";

/** The school's classes and groups, to choose one from; empty until they are there, or when they do not come. */
export function createClasses(): () => readonly Room[] {
  const [rooms] = createResource(async () => {
    try {
      const { rooms: all } = await dataOf(api.GET("/api/rooms"));
      return all.filter(({ kind }) => kind !== "direct");
    } catch {
      // Inviting works without a room as well.
      return [];
    }
  });
  return () => rooms.latest ?? [];
}
