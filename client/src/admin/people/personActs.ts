import type { Person } from "./person.ts";

/** What can be done about how somebody gets in. */
export type PersonAct = "signOut" | "resetSecondFactor" | "deactivate" | "reactivate";

/** What would change something for this person now. */
export function personActs({ status, secondFactor }: Person): readonly PersonAct[] {
  if (status === "deactivated") return ["reactivate"];
  return secondFactor === true
    ? ["signOut", "resetSecondFactor", "deactivate"]
    : ["signOut", "deactivate"];
}
