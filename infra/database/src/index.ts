export type { ChatOutcome, ChatRefusal, ChatRow, HeldOutcome } from "./appendChatMessages.ts";
export {
  auditActions,
  auditSubjectKinds,
  type AuditAction,
  type AuditSubjectKind,
} from "./audit/auditActions.ts";
export { recordAudit, type AuditEntry } from "./audit/recordAudit.ts";
export { checkRoles, UnsafeRoleError } from "./checkRoles.ts";
export { isConnectionFailure } from "./connectionFailure.ts";
export {
  controlMessageSchema,
  notifyControl,
  notifyControlAll,
  stageColumns,
  stageSchema,
  type ControlMessage,
} from "./control.ts";
export { createDatabase, type Database, type SchoolTransaction } from "./createDatabase.ts";
export {
  createReader,
  type AccessAsked,
  type AccessRow,
  type Reader,
  type SignInAsked,
  type SignInRow,
} from "./createReader.ts";
export {
  createWriter,
  type AttendanceBeat,
  type AttendanceRow,
  type BoardAuthor,
  type BoardDrawer,
  type BoardReplacement,
  type BoardUpdateOutcome,
  type BoardUpdateRow,
  type Writer,
} from "./createWriter.ts";
export { ensureDemoClass, randomClassCode, type DemoClass } from "./demo/ensureDemoClass.ts";
export { seedDemoSchool, type DemoSchool } from "./demo/seedDemoSchool.ts";
export { FairPlaces, type PlaceOwner, type PlacePlan } from "./fairPlaces.ts";
export { listenChannel, type ChannelListener } from "./listenChannel.ts";
export { listenControl, type ControlListener } from "./listenControl.ts";
export { migrate } from "./migrate.ts";
export {
  databaseUrls,
  prepareCluster,
  type ClusterPlan,
  type DatabaseUrls,
  type RolePasswords,
} from "./prepareCluster.ts";
export { RowMismatchError } from "./rowChecker.ts";
export { sql } from "./sql.ts";
export { takeOffStage } from "./takeOffStage.ts";
