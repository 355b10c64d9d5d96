/** Every privileged act that the audit log knows: `what.happened`. Kept for ever: entries outlive code. */
export const auditActions = [
  "user.invited",
  "user.joined",
  "user.renamed",
  "user.emailChanged",
  "user.emailVerified",
  "user.roleChanged",
  "user.deactivated",
  "user.reactivated",
  "user.signedOut",
  "user.passwordChanged",
  "user.passwordReset",
  "user.secondFactorEnabled",
  "user.secondFactorDisabled",
  "user.secondFactorReset",
  "user.recoveryCodesRenewed",
  "user.exported",
  "user.erased",
  "signIn.revoked",
  "signIn.tokenReused",
  "invitation.created",
  "invitation.resent",
  "invitation.revoked",
  "people.imported",
  "school.created",
  "school.settingsChanged",
  "school.logoChanged",
  "school.limitsChanged",
  "school.suspended",
  "school.resumed",
  "school.retentionRan",
  "room.created",
  "room.changed",
  "room.archived",
  "room.memberSet",
  "room.memberRemoved",
  "liveClass.started",
  "liveClass.ended",
  "liveClass.permissionsSet",
  "liveClass.participantRemoved",
  "liveClass.pinSet",
  "liveClass.codeRenewed",
  "liveClass.guestLinkMade",
  "guest.admitted",
  "guest.refused",
  "message.read",
  "audit.downloaded",
] as const;

/** An act as the audit log names it. */
export type AuditAction = (typeof auditActions)[number];

/** What an act can be done to, as `audit_events.subject_kind` knows it. */
export const auditSubjectKinds = [
  "user",
  "room",
  "liveClass",
  "school",
  "invitation",
  "guest",
] as const;

/** The kind of thing that an act was done to. */
export type AuditSubjectKind = (typeof auditSubjectKinds)[number];
