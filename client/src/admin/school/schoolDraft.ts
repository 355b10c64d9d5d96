import type { TextKey } from "../../i18n/catalogue.ts";
import { colourContrast, enoughContrast } from "./colourContrast.ts";
import type { School, SchoolChange } from "./school.ts";

/** Settings that are numbers, with the least and the most that the server takes. */
export const numberBounds = {
  lateAfterMinutes: { min: 0, max: 240 },
  presentFromPercent: { min: 1, max: 100 },
  keepMessagesDays: { min: 1, max: 3650 },
  keepBoardsDays: { min: 1, max: 3650 },
  keepRecordingsDays: { min: 1, max: 3650 },
  keepAttendanceDays: { min: 1, max: 3650 },
  keepAuditDays: { min: 90, max: 3650 },
} as const;

export type NumberSetting = keyof typeof numberBounds;

const numberSettings = Object.keys(numberBounds) as NumberSetting[];
const keepSettings = numberSettings.filter((name) => name.startsWith("keep"));
const plainSettings = [
  "signUpLanguage",
  "classStarters",
  "studentDirectMessages",
  "guestPolicy",
  "recordings",
] as const;

/** The settings as they stand in the form: numbers as they were typed. */
export interface SchoolDraft
  extends Record<NumberSetting, string>, Pick<School, (typeof plainSettings)[number]> {
  readonly name: string;
  /** `#rrggbb`, when it is one. */
  readonly colour: string;
}

/** Why a value does not do: a text and what stands in it. */
export interface DraftFault {
  readonly key: TextKey;
  readonly params?: Readonly<Record<string, number>>;
}

export type DraftFaults = Partial<Readonly<Record<keyof SchoolDraft, DraftFault>>>;

/** The form as it is before anybody touches it. */
export function makeDraft(school: School): SchoolDraft {
  const { name, colour, signUpLanguage, classStarters, studentDirectMessages } = school;
  const { guestPolicy, recordings } = school;
  const numbers = Object.fromEntries(
    numberSettings.map((setting) => [setting, String(school[setting])]),
  ) as Record<NumberSetting, string>;
  return {
    ...{ name, colour, signUpLanguage, classStarters, studentDirectMessages },
    ...{ guestPolicy, recordings },
    ...numbers,
  };
}

/** What does not do, by field. */
export function faultsOf(draft: SchoolDraft): DraftFaults {
  const faults: Partial<Record<keyof SchoolDraft, DraftFault>> = {};
  if (draft.name.trim() === "") faults.name = { key: "school.nameMissing" };
  const colour = faultOfColour(draft.colour);
  if (colour) faults.colour = colour;
  for (const setting of numberSettings) {
    const { min, max } = numberBounds[setting];
    const value = readNumber(draft[setting]);
    if (value === null || value < min || value > max) {
      faults[setting] = { key: "school.numberFault", params: { min, max } };
    }
  }
  return faults;
}

function faultOfColour(colour: string): DraftFault | undefined {
  const contrast = colourContrast(colour);
  if (contrast === null) return { key: "school.colourFault" };
  return contrast < enoughContrast
    ? { key: "school.colourPale", params: { contrast, wanted: enoughContrast } }
    : undefined;
}

/** What the form would change; for a form without faults. */
export function changeOf(school: School, draft: SchoolDraft): SchoolChange {
  const change: Record<string, string | number | boolean> = {};
  const name = draft.name.trim();
  if (name !== school.name) change["name"] = name;
  const colour = draft.colour.toLowerCase();
  if (colour !== school.colour) change["colour"] = colour;
  for (const setting of plainSettings) {
    if (draft[setting] !== school[setting]) change[setting] = draft[setting];
  }
  for (const setting of numberSettings) {
    const value = readNumber(draft[setting]);
    if (value !== null && value !== school[setting]) change[setting] = value;
  }
  return change;
}

/** Whether a change has something removed that would otherwise stay: there is no way back. */
export function removesSomething(school: School, change: SchoolChange): boolean {
  return keepSettings.some((setting) => (change[setting] ?? Infinity) < school[setting]);
}

/** The whole number that was typed, or null. */
export function readNumber(typed: string): number | null {
  const text = typed.trim();
  return /^\d{1,7}$/.test(text) ? Number(text) : null;
}
