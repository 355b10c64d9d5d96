import { hasSchoolPermission, type SchoolRole } from "@darasa/protocol";
import type { Room } from "../../api/api.ts";
import type { components } from "../../api/schema.d.ts";

/** Somebody who belongs to a room. */
export type Member = components["schemas"]["Member"];

/** What somebody can be in a room: a substitute is a teacher until a day and a time. */
export type Place = "student" | "teacher" | "substitute";

/** What a member is. */
export function placeOf({ role, untilMs }: Pick<Member, "role" | "untilMs">): Place {
  return role === "teacher" && untilMs !== null ? "substitute" : role;
}

/** Whether an account of that role may have the place: only who teaches in the school teaches a class. */
export function canTake(place: Place, roomKind: Room["kind"], role: SchoolRole): boolean {
  return place === "student" || roomKind === "group" || hasSchoolPermission(role, "rooms.create");
}

/** The places that the caller may give: a substitute decides on no other teacher. */
export function placesToGive({ role, isSubstitute }: Pick<Room, "role" | "isSubstitute">): Place[] {
  if (role !== "teacher") return [];
  return isSubstitute ? ["student"] : ["student", "teacher", "substitute"];
}
