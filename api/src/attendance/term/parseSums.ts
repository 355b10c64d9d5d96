import type { AttendanceSum } from "../judgeAttendance.ts";

/** Sums of a class by participant id; of students who were there. */
export type ClassSums = ReadonlyMap<string, AttendanceSum>;

/** The sums of a class as they are stored: people and lists of numbers in one order, with commas between. */
export interface SumsRow {
  readonly id: string;
  readonly people: string;
  readonly cameAfterMs: string;
  readonly presentMs: string;
}

/** The sums by class. */
export function parseSums(rows: readonly SumsRow[]): ReadonlyMap<string, ClassSums> {
  return new Map(
    rows.map(({ id, people, cameAfterMs, presentMs }) => {
      const came = cameAfterMs.split(",");
      const present = presentMs.split(",");
      const sums = new Map<string, AttendanceSum>();
      for (const [place, person] of (people === "" ? [] : people.split(",")).entries()) {
        const sum = { cameAfterMs: Number(came[place]), presentMs: Number(present[place]) };
        sums.set(person, sum);
      }
      return [id, sums];
    }),
  );
}
