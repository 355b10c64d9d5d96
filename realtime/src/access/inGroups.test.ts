import type { SchoolId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { inGroups } from "./inGroups.ts";

const school = "school" as SchoolId;
const other = "other" as SchoolId;

/** A database that answers when it is told to. */
function slowReader() {
  const reads: { schoolId: SchoolId; asked: readonly number[]; answer(): void; fail(): void }[] =
    [];
  const ask = inGroups<number, number>(
    (schoolId, asked) =>
      new Promise((resolve, reject) => {
        reads.push({
          schoolId,
          asked,
          answer: () => resolve(asked.map((one) => one * 10)),
          fail: () => reject(new Error("away")),
        });
      }),
  );
  const loop = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { ask, reads, loop };
}

test("who comes at once is answered by one read, who comes meanwhile by the next", async () => {
  const { ask, reads, loop } = slowReader();
  const first = [1, 2, 3].map((one) => ask(school, one));
  await loop();
  const later = [4, 5].map((one) => ask(school, one));
  await loop();
  expect(reads.map(({ asked }) => asked)).toEqual([[1, 2, 3]]);
  reads[0]?.answer();
  expect(await Promise.all(first)).toEqual([10, 20, 30]);
  expect(reads.map(({ asked }) => asked)).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  reads[1]?.answer();
  expect(await Promise.all(later)).toEqual([40, 50]);
});

test("[E4] schools are asked apart, and neither waits for the other", async () => {
  const { ask, reads, loop } = slowReader();
  void ask(school, 1);
  const answered = ask(other, 2);
  await loop();
  expect(reads.map(({ schoolId, asked }) => [schoolId, asked])).toEqual([
    [school, [1]],
    [other, [2]],
  ]);
  reads[1]?.answer();
  expect(await answered).toBe(20);
});

test("nobody waits behind a read that failed, and the next who asks is answered", async () => {
  const { ask, reads, loop } = slowReader();
  const told = [ask(school, 1)];
  await loop();
  told.push(ask(school, 2));
  reads[0]?.fail();
  const outcomes = await Promise.allSettled(told);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const again = ask(school, 3);
  await loop();
  reads[1]?.answer();
  expect(await again).toBe(30);
});

test("a crowd is answered in several reads, each of a bounded size", async () => {
  const { ask, reads, loop } = slowReader();
  const all = Array.from({ length: 1_200 }, (_unused, index) => ask(school, index));
  for (let read = 0; read < 3; read += 1) {
    await loop();
    reads[read]?.answer();
  }
  expect((await Promise.all(all)).at(-1)).toBe(11_990);
  expect(reads.map(({ asked }) => asked.length)).toEqual([500, 500, 200]);
});
