import type { SchoolTransaction } from "@darasa/database";
import type { SchoolSettings } from "./loadSchoolSettings.ts";
import type { School, SchoolLimits } from "./schoolSettings.ts";
import { loadUse } from "./store.ts";

/** The school as those who run it see it. */
export async function showSchool(tx: SchoolTransaction, settings: SchoolSettings): Promise<School> {
  const { maxUsers, maxRooms, maxBoardsPerRoom, maxGuestsPerClass, ...own } = settings;
  const limits: SchoolLimits = { maxUsers, maxRooms, maxBoardsPerRoom, maxGuestsPerClass };
  return { ...own, limits, use: await loadUse(tx) };
}
