import { canAssignRole, schoolRoles } from "@darasa/protocol";
import { roleKeys } from "../../shell/roleKeys.ts";
import type { TextKey } from "../../i18n/catalogue.ts";
import type { SchoolRole } from "./person.ts";

/** The roles that somebody of that role may give, for a list to choose from. */
export function roleOptions(
  t: (key: TextKey) => string,
  actor: SchoolRole,
): readonly { readonly value: SchoolRole; readonly label: string }[] {
  return schoolRoles
    .filter((role) => canAssignRole(actor, role))
    .map((role) => ({ value: role, label: t(roleKeys[role]) }));
}
