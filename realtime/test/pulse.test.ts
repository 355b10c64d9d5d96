import { afterEach, beforeEach, expect, test } from "vitest";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";

let school: LocalSchool;
let teacher: TestClient;
let student: TestClient;

beforeEach(async () => {
  school = await startLocalSchool({ timings: { hallPresenceIntervalMs: 5 } });
  teacher = await school.enter(school.teacher);
  student = await school.enter(school.students[0]);
});
afterEach(() => school.stop());

const poor = {
  mode: "audio",
  quality: "poor",
  roundTripMs: 900,
  lossFraction: 0.08,
} as const;

const reportBy = (client: TestClient, isActive: boolean) =>
  client.acked({ type: "reportConnection", ...poor, room: school.room, isActive });

test("[Q1][Q2] teachers are told how a student is connected, and nobody else is", async () => {
  const other = await school.enter(school.students[1]);
  await reportBy(student, true);
  const { people } = await teacher.next("pulse");
  const { participantId } = school.students[0];
  expect(people).toHaveLength(1);
  expect(people[0]).toMatchObject({ participantId, ...poor });
  await other.acked({ type: "setPresence", room: school.room, context: "board", idle: false });
  expect([...other.all("pulse"), ...student.all("pulse")]).toEqual([]);
});

test("[Q2] when somebody last took part stays as it was until they do again", async () => {
  await reportBy(student, true);
  const first = (await teacher.next("pulse")).people[0]?.activeAtMs ?? 0;
  await reportBy(student, false);
  const second = await teacher.next("pulse");
  expect(second.people[0]?.activeAtMs).toBe(first);
  await reportBy(student, true);
  const third = await teacher.next("pulse");
  expect(third.people[0]?.activeAtMs).toBeGreaterThanOrEqual(first);
});

test("[Q2] a teacher who comes later is told of all who are still there", async () => {
  const other = await school.enter(school.students[1]);
  await reportBy(student, true);
  await reportBy(other, true);
  await teacher.until(() => (teacher.all("pulse").length > 0 ? true : undefined));
  other.close();
  await teacher.next("presence", ({ gone }) => gone.includes(school.students[1].participantId));
  const late = await school.enter(school.teacher);
  const { people } = await late.next("pulse");
  expect(people.map(({ participantId }) => participantId)).toEqual([
    school.students[0].participantId,
  ]);
});
