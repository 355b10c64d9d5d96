/** Roles and what they may do: one table for API, gateway, boards and client. Dependency-free. */
export const schoolRoles = [
  "student",
  "teacher",
  "safeguarding",
  "school_admin",
  "super_admin",
] as const;
/**
 * What an account is in its school. `safeguarding` may read what was said, with every look recorded, and takes no
 * part; `super_admin` is an admin of their own school who also makes and suspends schools for the operator.
 */
export type SchoolRole = (typeof schoolRoles)[number];

export const schoolPermissions = [
  "rooms.create",
  "rooms.runAll",
  "people.find",
  "people.manage",
  "school.configure",
  "mail.read",
  "audit.read",
  "safeguarding.read",
  "data.export",
  "data.erase",
  "schools.manage",
] as const;
/** What somebody may do in the school, outside any one room. `rooms.runAll`: a teacher of every class and group. */
export type SchoolPermission = (typeof schoolPermissions)[number];

const schoolAdmin: readonly SchoolPermission[] = [
  "rooms.create",
  "rooms.runAll",
  "people.find",
  "people.manage",
  "school.configure",
  "mail.read",
  "audit.read",
  "data.export",
  "data.erase",
];

const schoolPermissionTable: Record<SchoolRole, ReadonlySet<SchoolPermission>> = {
  student: new Set<SchoolPermission>(),
  teacher: new Set<SchoolPermission>(["rooms.create", "people.find"]),
  safeguarding: new Set<SchoolPermission>([
    "people.find",
    "audit.read",
    "safeguarding.read",
    "data.export",
  ]),
  school_admin: new Set(schoolAdmin),
  super_admin: new Set<SchoolPermission>([...schoolAdmin, "schools.manage"]),
};

/** May an account of this role do that in its school? */
export function hasSchoolPermission(role: SchoolRole, permission: SchoolPermission): boolean {
  return schoolPermissionTable[role].has(permission);
}

/** Whether somebody of the first role may give, change or take away the second: nobody lifts anyone above themselves. */
export function canAssignRole(actor: SchoolRole, role: SchoolRole): boolean {
  return hasSchoolPermission(actor, "people.manage") && (role !== "super_admin" || actor === role);
}

export const participantRoles = ["teacher", "student", "guest"] as const;
/** What a person is inside one room or live class. */
export type ParticipantRole = (typeof participantRoles)[number];

/** What decides on an account's part in a room. */
export interface RoomPlace {
  readonly roomKind: "class" | "group" | "direct";
  readonly schoolRole: SchoolRole;
  /** Null when they are no member. */
  readonly memberRole: "teacher" | "student" | null;
}

/**
 * What an account is in a room; null when it has no part there (SPEC D4). Who runs the school teaches in all of it,
 * but for what two people say to each other; only who teaches in the school teaches a class, whatever a membership
 * still says, while in a group anybody may be made its teacher.
 */
export function roomRole({
  roomKind,
  schoolRole,
  memberRole,
}: RoomPlace): "teacher" | "student" | null {
  if (roomKind !== "direct" && hasSchoolPermission(schoolRole, "rooms.runAll")) return "teacher";
  const isDemoted = roomKind === "class" && !hasSchoolPermission(schoolRole, "rooms.create");
  return memberRole === "teacher" && isDemoted ? "student" : memberRole;
}

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
