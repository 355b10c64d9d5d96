import type { TextKey } from "../../i18n/catalogue.ts";
import type { Values } from "../../i18n/translate.ts";
import type { AuditAction } from "./auditEvent.ts";
import { namelessValues } from "./auditValues.ts";

/** Every act of the log, as the API names them; a missing one does not compile. */
const actions: Readonly<Record<AuditAction, true>> = {
  "user.invited": true,
  "user.joined": true,
  "user.renamed": true,
  "user.emailChanged": true,
  "user.emailVerified": true,
  "user.roleChanged": true,
  "user.deactivated": true,
  "user.reactivated": true,
  "user.signedOut": true,
  "user.passwordChanged": true,
  "user.passwordReset": true,
  "user.secondFactorEnabled": true,
  "user.secondFactorDisabled": true,
  "user.secondFactorReset": true,
  "user.recoveryCodesRenewed": true,
  "user.exported": true,
  "user.erased": true,
  "signIn.revoked": true,
  "signIn.tokenReused": true,
  "invitation.created": true,
  "invitation.resent": true,
  "invitation.revoked": true,
  "people.imported": true,
  "school.created": true,
  "school.settingsChanged": true,
  "school.logoChanged": true,
  "school.mediaServerSet": true,
  "school.mediaServerRemoved": true,
  "school.limitsChanged": true,
  "school.suspended": true,
  "school.resumed": true,
  "school.retentionRan": true,
  "room.created": true,
  "room.changed": true,
  "room.archived": true,
  "room.memberSet": true,
  "room.memberRemoved": true,
  "liveClass.started": true,
  "liveClass.ended": true,
  "liveClass.permissionsSet": true,
  "liveClass.stageSet": true,
  "liveClass.sourcesAllowed": true,
  "liveClass.participantRemoved": true,
  "liveClass.videoChanged": true,
  "liveClass.pinSet": true,
  "liveClass.codeRenewed": true,
  "liveClass.guestLinkMade": true,
  "recording.started": true,
  "recording.paused": true,
  "recording.resumed": true,
  "recording.stopped": true,
  "recording.opened": true,
  "recording.deleted": true,
  "guest.admitted": true,
  "guest.refused": true,
  "attendance.corrected": true,
  "term.set": true,
  "term.removed": true,
  "message.read": true,
  "audit.downloaded": true,
};

/** The acts in the order in which they are offered. */
export const auditActions = Object.keys(actions) as readonly AuditAction[];

/** The acts for a list to choose from, each told by its own sentence without names. */
export function actionOptions(
  t: (key: TextKey, values: Values) => string,
): readonly { readonly value: AuditAction; readonly label: string }[] {
  return auditActions.map((action) => ({
    value: action,
    label: t(`audit.act.${action}`, namelessValues()),
  }));
}
