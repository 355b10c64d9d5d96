import type { TextKey } from "../../i18n/catalogue.ts";
import { readNumber } from "../school/schoolDraft.ts";
import type { GovernedSchool } from "./governedSchool.ts";

/** The limits of a school with the least and the most that the server takes, and what they are called. */
export const limitBounds = {
  maxUsers: { min: 1, max: 1_000_000, label: "school.limitUsers" },
  maxRooms: { min: 1, max: 100_000, label: "school.limitRooms" },
  maxBoardsPerRoom: { min: 1, max: 10_000, label: "school.limitBoards" },
  maxGuestsPerClass: { min: 0, max: 10_000, label: "school.limitGuests" },
} as const satisfies Record<
  keyof GovernedSchool["limits"],
  { readonly min: number; readonly max: number; readonly label: TextKey }
>;

export type Limit = keyof typeof limitBounds;

/** In the order of the form. */
export const limitNames = Object.keys(limitBounds) as readonly Limit[];

/** The limits as they were typed. */
export type LimitsDraft = Record<Limit, string>;

/** The form as it is before anybody touches it. */
export function makeLimitsDraft(limits: GovernedSchool["limits"]): LimitsDraft {
  const typed = limitNames.map((name) => [name, String(limits[name])] as const);
  return Object.fromEntries(typed) as LimitsDraft;
}

/** The limits that are no whole number within their bounds. */
export function limitFaults(draft: LimitsDraft): readonly Limit[] {
  return limitNames.filter((name) => {
    const value = readNumber(draft[name]);
    return value === null || value < limitBounds[name].min || value > limitBounds[name].max;
  });
}

/** What the form would change; for a form without faults. */
export function limitsChange(
  limits: GovernedSchool["limits"],
  draft: LimitsDraft,
): Partial<GovernedSchool["limits"]> {
  const changed = limitNames.flatMap((name) => {
    const value = readNumber(draft[name]);
    return value === null || value === limits[name] ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changed);
}

/** Whether the school uses more than the form would allow it. */
export function isBelowUse({ use }: GovernedSchool, limit: Limit, draft: LimitsDraft): boolean {
  const value = readNumber(draft[limit]);
  if (value === null) return false;
  if (limit === "maxUsers") return value < use.users;
  return limit === "maxRooms" && value < use.rooms;
}
