import type { User } from "../api/api.ts";

/** What the tabs of the administration ask for; it stands here so that the menu does not bring their code. */
const adminPermissions: readonly User["permissions"][number][] = [
  "people.manage",
  "school.configure",
  "mail.read",
  "audit.read",
  "schools.manage",
];

/** Whether there is anything in the administration for somebody with these permissions. */
export function opensAdmin(permissions: User["permissions"]): boolean {
  return adminPermissions.some((permission) => permissions.includes(permission));
}
