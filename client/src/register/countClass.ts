import type { Register } from "../api/api.ts";

/** How a class that runs stands against those who were to come. */
export interface ClassCount {
  /** Students of the room, and whoever came as one. */
  readonly expected: number;
  /** Of those, here now. */
  readonly here: number;
  /** Of those, came after the school's grace; here or not. */
  readonly late: number;
}

/**
 * Counts students; guests and teachers are not expected. Who is here says `isPresent`, since the gateway knows it at
 * once; of somebody whom it does not know the register's word is taken.
 */
export function countClass(
  { liveClass, people, rule }: Register,
  isPresent: (participantId: string) => boolean | undefined,
): ClassCount {
  const students = people.filter(({ role }) => role === "student");
  const graceMs = rule.lateAfterMinutes * 60_000;
  const isLate = (firstJoinedAtMs: number | null): boolean =>
    firstJoinedAtMs !== null &&
    liveClass.startedAtMs !== null &&
    firstJoinedAtMs - liveClass.startedAtMs > graceMs;
  return {
    expected: students.length,
    here: students.filter((person) => isPresent(person.participantId) ?? person.present).length,
    late: students.filter((person) => isLate(person.firstJoinedAtMs)).length,
  };
}
