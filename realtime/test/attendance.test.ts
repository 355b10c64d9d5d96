import { sql } from "@darasa/database";
import type { LiveClassEndedEvent } from "@darasa/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestPerson } from "./support/testSchool.ts";

let school: LocalSchool;
beforeEach(async () => {
  school = await startLocalSchool({ timings: { attendanceHeartbeatMs: 50 } });
});
afterEach(() => school.stop());

const rowSchema = z.object({ kind: z.string(), sessionId: z.string() });

/** What stands in the register's source for one person, in order. */
async function rowsOf(person: TestPerson): Promise<readonly z.infer<typeof rowSchema>[]> {
  return school.database.database.inSchool(person.schoolId, (tx) =>
    tx.any(sql.type(rowSchema)`
      select kind, session_id as "sessionId" from attendance_events
      where participant_id = ${person.participantId} order by at, kind = 'left'`),
  );
}

/** When who is held in the class was last seen, by each holder; ms. */
async function beats(): Promise<readonly number[]> {
  return school.database.database.inSchool(school.teacher.schoolId, (tx) =>
    tx.anyFirst(sql.type(z.object({ atMs: z.number() }))`
      select b.at as "atMs" from attendance_beats b where exists (
        select from attendance_events e where (e.live_class_id, e.holder_id) = (b.live_class_id, b.holder_id))`),
  );
}

test("joins and leaves of accounts and guests are written down, by session, and that they are there still", async () => {
  for (const person of [school.students[0], school.guest]) {
    const client = await school.enter(person);
    const [welcome] = client.all("welcome");
    const enteredAtMs = Date.now();
    await vi.waitFor(async () => {
      const [atMs, ...others] = await beats();
      expect(atMs).toBeGreaterThan(enteredAtMs);
      expect(others).toEqual([]);
    });
    client.close();
    await vi.waitFor(async () => {
      expect((await rowsOf(person)).at(-1)?.kind).toBe("left");
    });
    const rows = await rowsOf(person);
    expect(rows.map(({ kind }) => kind)).toEqual(["joined", "left"]);
    expect(new Set(rows.map(({ sessionId }) => sessionId))).toEqual(new Set([welcome?.sessionId]));
  }
});

test("who only looks at the room is not in the class", async () => {
  const [person] = school.students;
  const client = await school.connect(person);
  await client.acked({ type: "joinRoom", room: school.room, liveClass: null });
  const teacher = await school.enter(school.teacher);
  await vi.waitFor(async () => {
    expect((await rowsOf(school.teacher)).length).toBeGreaterThan(2);
  });
  expect(await rowsOf(person)).toEqual([]);
  teacher.close();
});

test("[P7] the end of the class ends everybody's time in it; members stay in the room", async () => {
  const [person] = school.students;
  const client = await school.enter(person);
  const guest = await school.enter(school.guest);
  const { schoolId, participantId } = school.teacher;
  await school.database.database.inSchool(schoolId, async (tx) => {
    await tx.query(sql.typeAlias("nothing")`
      update live_classes set status = 'ended', ended_at = now(), end_reason = 'teacher'
      where live_class_id = ${school.liveClass} and created_by = ${participantId}`);
    const message = {
      kind: "liveClassEnded",
      schoolId,
      roomId: school.room,
      liveClassId: school.liveClass,
      reason: "teacher",
    };
    await tx.query(
      sql.typeAlias("nothing")`select pg_notify('darasa_control', ${JSON.stringify(message)})`,
    );
  });
  const ended = await client.next("liveClassEnded");
  expect(ended).toMatchObject({
    liveClass: school.liveClass,
    reason: "teacher",
  } satisfies Partial<LiveClassEndedEvent>);
  expect(await guest.closed()).toBe(4403);
  expect(guest.all("liveClassEnded")).toHaveLength(1);
  await vi.waitFor(async () => expect((await rowsOf(person)).at(-1)?.kind).toBe("left"));
  await client.acked({ type: "sendMessage", room: school.room, body: "still here" });
  await client.next(
    "presence",
    ({ present }) =>
      present.find((one) => one.participantId === person.participantId)?.inClass === false,
  );
  const { liveClass, room } = school;
  expect(await client.refused({ type: "joinRoom", room, liveClass })).toBe("class_ended");
});
