import type { SchoolTransaction } from "@darasa/database";
import { computeAttendance } from "../computeAttendance.ts";
import { sumPresence } from "../judgeAttendance.ts";
import { loadAttendanceEvents } from "../store.ts";
import { parseSums, type ClassSums } from "./parseSums.ts";
import {
  holdEndedClass,
  loadStudentIds,
  loadSumRows,
  storeSums,
  type TermClass,
} from "./sumStore.ts";

/**
 * The sums of a class that is over, from its events, and stores them for whoever asks next; unless somebody did so
 * meanwhile, or it has only just ended and more may be on its way.
 */
export async function sumClass(
  tx: SchoolTransaction,
  { id, startedAtMs, endedAtMs }: Pick<TermClass, "id" | "startedAtMs" | "endedAtMs">,
): Promise<ClassSums> {
  const { isSummed, isSettled } = await holdEndedClass(tx, id);
  if (isSummed) return parseSums(await loadSumRows(tx, [id])).get(id) ?? new Map();
  const students = await loadStudentIds(tx, id);
  const events = await loadAttendanceEvents(tx, id);
  const sums = new Map(
    [...computeAttendance(events, { startedAtMs, endedAtMs }, endedAtMs)].flatMap(
      ([participantId, presence]) => {
        const sum = sumPresence(presence, startedAtMs);
        return sum && students.has(participantId) ? [[participantId, sum] as const] : [];
      },
    ),
  );
  if (isSettled) await storeSums(tx, id, sums);
  return sums;
}
