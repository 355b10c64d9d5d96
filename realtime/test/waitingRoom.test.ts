import { randomUUID } from "node:crypto";
import { notifyControl, sql } from "@darasa/database";
import { startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";

let school: LocalSchool;
let way: StallingProxy;
beforeEach(async () => {
  school = await startLocalSchool({
    async settings({ appUrl }) {
      way = await startStallingProxy(appUrl);
      return { databaseUrl: way.url };
    },
  });
});
afterEach(async () => {
  await school.stop();
  await way.close();
});

const nothing = sql.typeAlias("nothing");

/** Somebody asks to be let in, as the API writes it; word of it unless nobody is to hear. */
async function ask({ tell }: { tell: boolean } = { tell: true }): Promise<string> {
  const { schoolId } = school.teacher;
  const participantId = randomUUID();
  await school.database.database.inSchool(schoolId, async (tx) => {
    await tx.query(nothing`
      insert into live_class_participants (school_id, live_class_id, participant_id, name, role, admitted_at)
      values (${schoolId}, ${school.liveClass}, ${participantId}, 'Somebody', 'guest', null)`);
    if (tell) await notifyControl(tx, changed());
  });
  return participantId;
}

function where() {
  const { schoolId } = school.teacher;
  return { schoolId, roomId: school.room, liveClassId: school.liveClass };
}

function changed() {
  return { kind: "waitingRoomChanged", ...where() } as const;
}

test("[P8] the teachers hear how many wait, at every change; nobody else does", async () => {
  const teacher = await school.enter(school.teacher);
  const student = await school.enter(school.students[0]);
  const guest = await school.enter(school.guest);
  await teacher.next("waitingRoom", ({ count }) => count === 0);
  const first = await ask();
  await teacher.next("waitingRoom", ({ count }) => count === 1);
  await ask();
  await teacher.next("waitingRoom", ({ count }) => count === 2);
  await school.database.database.inSchool(school.teacher.schoolId, async (tx) => {
    await tx.query(nothing`
      update live_class_participants set admitted_at = now() where participant_id = ${first}`);
    await notifyControl(tx, changed());
  });
  await teacher.until(() => (teacher.all("waitingRoom").at(-1)?.count === 1 ? true : undefined));
  await teacher.acked({ type: "sendMessage", room: school.room, body: "one is in" });
  for (const other of [student, guest]) {
    await other.next("chatMessage", ({ body }) => body === "one is in");
    expect(other.all("waitingRoom")).toEqual([]);
  }
});

test("[P8] a teacher who comes later learns it right after the ack, an onlooker too", async () => {
  await ask();
  const teacher = await school.connect(school.teacher);
  await teacher.acked({ type: "joinRoom", room: school.room, liveClass: null });
  expect(await teacher.next("waitingRoom")).toMatchObject({ room: school.room, count: 1 });
  const types = teacher.messages.map(({ type }) => type);
  expect(types.indexOf("waitingRoom")).toBeGreaterThan(types.indexOf("ack"));
});

test("[P8] what nobody told is found when control messages come again", async () => {
  const teacher = await school.enter(school.teacher);
  await teacher.next("waitingRoom", ({ count }) => count === 0);
  await ask({ tell: false });
  way.cut();
  await teacher.next("waitingRoom", ({ count }) => count === 1);
});

test("[P8] when the class ends nobody waits for it any more", async () => {
  await ask();
  const teacher = await school.enter(school.teacher);
  await teacher.next("waitingRoom", ({ count }) => count === 1);
  await school.database.database.inSchool(school.teacher.schoolId, async (tx) => {
    await tx.query(nothing`
      update live_classes set status = 'ended', ended_at = now(), end_reason = 'teacher'
      where live_class_id = ${school.liveClass}`);
    await notifyControl(tx, { kind: "liveClassEnded", ...where(), reason: "teacher" });
  });
  await teacher.until(() => (teacher.all("waitingRoom").at(-1)?.count === 0 ? true : undefined));
});
