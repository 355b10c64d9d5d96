import type { components } from "../api/schema.d.ts";

/** A room as those see it who look after the children's safety. */
export type SafeguardedRoom = components["schemas"]["SafeguardedRoom"];

/** What to call it: a talk between two has no name but theirs. `pair` is the word for such a talk of nobody. */
export function nameOfRoom({ kind, name, members }: SafeguardedRoom, pair: string): string {
  if (kind !== "direct") return name;
  return members.length === 0 ? pair : members.join(" – ");
}
