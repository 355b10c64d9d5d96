import { listenControl, notifyControl, sql } from "@darasa/database";
import { startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import { closeReasons } from "@darasa/protocol";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";

let school: LocalSchool;
let way: StallingProxy;
let teacher: TestClient;
let student: TestClient;
beforeEach(async () => {
  school = await startLocalSchool({
    async settings({ appUrl }) {
      way = await startStallingProxy(appUrl);
      return { databaseUrl: way.url };
    },
  });
  teacher = await school.enter(school.teacher);
  student = await school.enter(school.students[0]);
});
afterEach(async () => {
  await school.stop();
  await way.close();
});

/** What the API would change, behind the gateway's back when `tell` is false. */
async function endClass({ tell }: { tell: boolean }): Promise<void> {
  const { schoolId } = school.teacher;
  await school.database.database.inSchool(schoolId, async (tx) => {
    await tx.query(sql.typeAlias("nothing")`
      update live_classes set status = 'ended', ended_at = now(), end_reason = 'no_teacher'
      where live_class_id = ${school.liveClass}`);
    const where = { schoolId, roomId: school.room, liveClassId: school.liveClass };
    if (tell) await notifyControl(tx, { kind: "liveClassEnded", ...where, reason: "no_teacher" });
  });
}

async function change(statement: ReturnType<typeof sql.fragment>): Promise<void> {
  await school.database.database.inSchool(school.teacher.schoolId, async (tx) => {
    await tx.query(sql.typeAlias("nothing")`${statement}`);
  });
}

describe("what was changed while nobody listened is found after the next connection:", () => {
  test("[P4] locks and allowances", async () => {
    const { participantId } = school.students[0];
    await change(
      sql.fragment`update live_classes set chat_locked = true where live_class_id = ${school.liveClass}`,
    );
    await change(sql.fragment`
      update live_class_participants set draw_allowed = true where participant_id = ${participantId}`);
    way.cut();
    expect((await student.next("permissions")).permissions.chatLocked).toBe(true);
    await teacher.next("presence", ({ present }) =>
      present.some((one) => one.participantId === participantId && one.drawAllowed),
    );
  });

  test("[P6] a removal", async () => {
    const { participantId } = school.students[0];
    await change(sql.fragment`
      update live_class_participants set removed_at = now() where participant_id = ${participantId}`);
    way.cut();
    await student.next("removed");
    await teacher.next("presence", ({ gone }) => gone.includes(participantId));
  });

  test("[P7] the end of the class", async () => {
    const guest = await school.enter(school.guest);
    await endClass({ tell: false });
    way.cut();
    expect(await student.next("liveClassEnded")).toMatchObject({ reason: "no_teacher" });
    expect(await guest.closed()).toBe(closeReasons.forbidden.code);
  });
});

test("a class that begins brings its locks to those who look at the room", async () => {
  await endClass({ tell: true });
  await student.next("liveClassEnded");
  const { schoolId, participantId } = school.teacher;
  const { room: roomId } = school;
  await school.database.database.inSchool(schoolId, async (tx) => {
    const liveClassId = await tx.oneFirst(sql.type(z.object({ id: z.string() }))`
      insert into live_classes (school_id, room_id, title, status, starts_at, started_at, first_seq, chat_locked, created_by)
      values (${schoolId}, ${roomId}, 'Next', 'live', now(), now(), 1, true, ${participantId})
      returning live_class_id as id`);
    await notifyControl(tx, { kind: "liveClassStarted", schoolId, roomId, liveClassId });
  });
  await student.next("permissions", ({ permissions }) => permissions.chatLocked);
  expect(await student.refused({ type: "sendMessage", room: roomId, body: "hello?" })).toBe(
    "chat_locked",
  );
});

test("[P6] who is removed while they come in does not get in", async () => {
  const { participantId } = school.students[1];
  for (let round = 0; round < 20; round += 1) {
    await change(sql.fragment`
      update live_class_participants set removed_at = null where participant_id = ${participantId}`);
    const client = await school.connect(school.students[1]);
    const { room, liveClass } = school;
    const joining = client.ask({ type: "joinRoom", room, liveClass });
    await teacher.ask({ type: "removeParticipant", room, participant: participantId });
    const joined = await joining;
    if (joined.ok) await client.next("removed");
    else expect(joined.error.code).toBe("removed");
    expect(await client.refused({ type: "raiseHand", room })).toBe("not_found");
    client.close();
    // The teacher's commands are limited, too.
    if (round % 10 === 9) await vi.waitFor(() => expect(teacher.closeCode).toBeNull());
  }
});

test("control messages about other schools and rooms are ignored", async () => {
  const heard = Promise.withResolvers<null>();
  const listener = listenControl(school.database.appUrl, {
    onMessage: () => heard.resolve(null),
    onReconnected: () => undefined,
  });
  await listener.ready;
  const { schoolId } = school.stranger;
  await school.database.database.inSchool(schoolId, (tx) =>
    notifyControl(tx, {
      kind: "liveClassEnded",
      schoolId,
      roomId: school.room,
      liveClassId: school.liveClass,
      reason: "teacher",
    }),
  );
  await heard.promise;
  await student.acked({ type: "joinMesh", room: school.room });
  expect(student.all("liveClassEnded")).toEqual([]);
  await listener.close();
});
