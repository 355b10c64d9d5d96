/** Roles and what they may do: one table for API, gateway, boards and client. Dependency-free. */
export const schoolRoles = ["student", "teacher", "school_admin"] as const;
/** What an account is in its school. */
export type SchoolRole = (typeof schoolRoles)[number];

export const participantRoles = ["teacher", "student", "guest"] as const;
/** What a person is inside one room or live class. */
export type ParticipantRole = (typeof participantRoles)[number];

export type Permission =
  | "chat.send"
  | "chat.sendWhenLocked"
  | "board.draw"
  | "board.drawWhenLocked"
  | "hand.raise"
  | "media.publish"
  | "classroom.moderate"
  | "liveClass.start"
  | "attendance.read";

const everyone: readonly Permission[] = ["chat.send", "board.draw", "hand.raise", "media.publish"];

const permissionTable: Record<ParticipantRole, ReadonlySet<Permission>> = {
  teacher: new Set<Permission>([
    ...everyone,
    "chat.sendWhenLocked",
    "board.drawWhenLocked",
    "classroom.moderate",
    "liveClass.start",
    "attendance.read",
  ]),
  student: new Set(everyone),
  guest: new Set(everyone),
};

/** May somebody of this role do that, before the class's own locks are considered? */
export function hasPermission(role: ParticipantRole, permission: Permission): boolean {
  return permissionTable[role].has(permission);
}

/** Who may draw and write in a live class right now; a room without a live class has no locks. */
export interface ClassPermissions {
  readonly drawing: "teachers" | "everyone";
  readonly chatLocked: boolean;
}

/** Whether this person may draw: by role, because all may, or because the teacher allowed them. */
export function canDraw(
  who: { readonly role: ParticipantRole; readonly drawAllowed: boolean },
  permissions: ClassPermissions,
): boolean {
  if (hasPermission(who.role, "board.drawWhenLocked")) return true;
  return (
    hasPermission(who.role, "board.draw") && (permissions.drawing === "everyone" || who.drawAllowed)
  );
}

/** Whether this person may write in the chat. */
export function canChat(role: ParticipantRole, permissions: ClassPermissions): boolean {
  if (hasPermission(role, "chat.sendWhenLocked")) return true;
  return hasPermission(role, "chat.send") && !permissions.chatLocked;
}
