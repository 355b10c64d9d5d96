import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";
import { settingsInputSchema, schoolLimitsSchema } from "./schoolSettings.ts";

const settingsRowSchema = z.object({
  ...settingsInputSchema.shape,
  ...schoolLimitsSchema.shape,
  name: z.string(),
  colour: z.string(),
  id: z.string(),
  slug: z.string(),
  logo: z.string().nullable(),
});

/** What a school decided for itself, and what the operator allows it. */
export type SchoolSettings = z.infer<typeof settingsRowSchema>;

const settingsColumns = sql.fragment`
  school_id as id, slug, name, colour, logo_id as logo, sign_up_language as "signUpLanguage",
  class_starters as "classStarters", student_direct_messages as "studentDirectMessages",
  guest_policy as "guestPolicy", video_provider as "videoProvider", late_after_minutes as "lateAfterMinutes",
  present_from_percent as "presentFromPercent", keep_messages_days as "keepMessagesDays",
  keep_attendance_days as "keepAttendanceDays", keep_boards_days as "keepBoardsDays",
  keep_audit_days as "keepAuditDays", recordings,
  keep_recordings_days as "keepRecordingsDays", max_users as "maxUsers", max_rooms as "maxRooms",
  max_boards_per_room as "maxBoardsPerRoom", max_guests_per_class as "maxGuestsPerClass"`;

/** The settings and limits of the transaction's school. */
export function loadSchoolSettings(tx: SchoolTransaction): Promise<SchoolSettings> {
  return tx.one(sql.type(settingsRowSchema)`select ${settingsColumns} from schools`);
}

/**
 * The same with the school's row held until the commit: whoever counts what a limit is about counts after
 * everybody else who does. Nothing that merely refers to the school waits.
 */
export function lockSchoolSettings(tx: SchoolTransaction): Promise<SchoolSettings> {
  return tx.one(sql.type(settingsRowSchema)`
    select ${settingsColumns} from schools for no key update`);
}
