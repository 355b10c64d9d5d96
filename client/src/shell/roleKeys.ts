import type { User } from "../api/api.ts";

/** The catalogue's word for each role. */
export const roleKeys = {
  teacher: "common.teacher",
  student: "common.student",
  guest: "common.guest",
  safeguarding: "common.safeguarding",
  school_admin: "common.schoolAdmin",
  super_admin: "common.superAdmin",
} as const satisfies Record<User["role"], string>;
