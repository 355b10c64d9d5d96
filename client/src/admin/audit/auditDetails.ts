import type { TextKey } from "../../i18n/catalogue.ts";
import type { Values } from "../../i18n/translate.ts";
import type { AuditAction, AuditEvent } from "./auditEvent.ts";

/** Something that an act changed or counted, in words. */
export interface AuditDetail {
  readonly name: string;
  readonly value: string;
  /** What it was before, where the entry tells it. */
  readonly was: string | undefined;
}

export interface DetailWords {
  readonly t: (key: TextKey, values?: Values) => string;
  readonly formatNumber: (value: number) => string;
}

/** Acts whose details are told below the sentence, because no sentence could hold them. */
const detailed: ReadonlySet<AuditAction> = new Set([
  "school.settingsChanged",
  "school.limitsChanged",
  "school.retentionRan",
]);

const names: Readonly<Record<string, TextKey>> = {
  name: "school.name",
  colour: "school.colour",
  signUpLanguage: "school.language",
  classStarters: "school.starters",
  studentDirectMessages: "school.direct",
  guestPolicy: "audit.guests",
  lateAfterMinutes: "school.late",
  presentFromPercent: "school.present",
  keepMessagesDays: "audit.keepMessages",
  keepAttendanceDays: "audit.keepAttendance",
  keepBoardsDays: "audit.keepBoards",
  recordings: "school.recordings",
  keepRecordingsDays: "audit.keepRecordings",
  keepAuditDays: "audit.keepAudit",
  maxUsers: "school.limitUsers",
  maxRooms: "school.limitRooms",
  maxBoardsPerRoom: "school.limitBoards",
  maxGuestsPerClass: "school.limitGuests",
  messages: "school.keepMessages",
  registers: "audit.registers",
  boards: "school.keepBoards",
};

const choices: Readonly<Record<string, Readonly<Record<string, TextKey>>>> = {
  classStarters: { teachers: "school.startersTeachers", admins: "school.startersAdmins" },
  studentDirectMessages: { true: "audit.on", false: "audit.off" },
  guestPolicy: {
    waiting_room: "school.guestsWait",
    allowed: "school.guestsIn",
    forbidden: "school.guestsOut",
  },
  recordings: { allowed: "school.recordingsAllowed", forbidden: "school.recordingsForbidden" },
};

const languageNames: Readonly<Record<string, string>> = { en: "English", sw: "Kiswahili" };

/**
 * What an entry tells beside its sentence. Counts of what was cleared stand there when something was; what only
 * the server itself keeps (expired tokens and the like) is no concern of a school and is left out.
 */
export function auditDetails(event: AuditEvent, words: DetailWords): readonly AuditDetail[] {
  if (!detailed.has(event.action)) return [];
  const isCount = event.action === "school.retentionRan";
  return Object.entries(event.details).flatMap(([field, value]) => {
    const name = names[field];
    if (name === undefined || (isCount && value === 0)) return [];
    const was = event.details[`${field}.was`];
    const tell = (each: Told): string => tellValue(field, each, words);
    return [
      { name: words.t(name), value: tell(value), was: was === undefined ? undefined : tell(was) },
    ];
  });
}

type Told = AuditEvent["details"][string];

function tellValue(field: string, value: Told, { t, formatNumber }: DetailWords): string {
  const choice = choices[field]?.[String(value)];
  if (choice !== undefined) return t(choice);
  if (field === "signUpLanguage") return languageNames[String(value)] ?? String(value);
  if (typeof value !== "number") return value === null ? "–" : String(value);
  const number = formatNumber(value);
  if (field.endsWith("Days")) return t("audit.days", { count: value, number });
  if (field.endsWith("Minutes")) return t("audit.minutes", { count: value, number });
  return field.endsWith("Percent") ? `${number} %` : number;
}
