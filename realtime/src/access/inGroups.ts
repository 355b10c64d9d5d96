import type { SchoolId } from "@darasa/protocol";

/** Answers about many of one school, in their order. */
export type ReadGroup<Asked, Found> = (
  schoolId: SchoolId,
  asked: readonly Asked[],
) => Promise<readonly Found[]>;

/** More make the first wait for the last; the rest is the next group. */
const maxGroup = 500;

interface Waiting<Asked, Found> {
  readonly asked: Asked;
  readonly settle: (found: Found) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Asks one question, together with all others of the school that came while the last group was being answered: no
 * timer, and one query however many come at once. What is found was true at some moment after it was asked.
 *
 * @throws what `read` throws; nobody waits behind a group that failed
 */
export function inGroups<Asked, Found>(
  read: ReadGroup<Asked, Found>,
): (schoolId: SchoolId, asked: Asked) => Promise<Found> {
  /** Of the schools that are being answered: who waits for the next group. */
  const waitingOf = new Map<SchoolId, Waiting<Asked, Found>[]>();

  async function answer(schoolId: SchoolId, waiting: Waiting<Asked, Found>[]): Promise<void> {
    // What comes in the same turn of the loop belongs to the first group.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting.splice(0, maxGroup);
      try {
        const found = await read(
          schoolId,
          group.map(({ asked }) => asked),
        );
        if (found.length !== group.length) throw new RangeError("a group was not answered whole");
        found.forEach((one, index) => group[index]?.settle(one));
      } catch (error) {
        for (const { fail } of [...group, ...waiting.splice(0)]) fail(error);
      }
    }
    waitingOf.delete(schoolId);
  }

  return (schoolId, asked) =>
    new Promise((settle, fail) => {
      const waiting = waitingOf.get(schoolId);
      if (waiting !== undefined) {
        waiting.push({ asked, settle, fail });
        return;
      }
      const first = [{ asked, settle, fail }];
      waitingOf.set(schoolId, first);
      void answer(schoolId, first);
    });
}
