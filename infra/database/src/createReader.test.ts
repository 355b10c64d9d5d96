import { DarasaError } from "@darasa/protocol";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createReader, type Reader } from "./createReader.ts";
import {
  asSuperuser,
  createTestDatabase,
  startStallingProxy,
  type StallingProxy,
  type TestDatabase,
} from "./testing/index.ts";

let db: TestDatabase;
let proxy: StallingProxy;
let reader: Reader;
beforeAll(async () => {
  db = await createTestDatabase();
  await asSuperuser(
    db,
    `insert into sign_ins (school_id, sign_in_id, user_id, expires_at)
     select school_id, user_id, user_id, now() + interval '1 hour' from users on conflict do nothing`,
  );
  proxy = await startStallingProxy(db.appUrl);
  reader = createReader(proxy.url);
});
afterAll(async () => {
  await reader.close();
  await proxy.close();
  await db.drop();
});

const asking = (who: { userId: string }, roomId: string) => ({
  participantId: who.userId,
  signInId: who.userId,
  roomId,
  liveClassId: null,
});

it("answers many in the order of what was asked, and null where there is nothing", async () => {
  const { teacher, baraka } = db.people;
  const { roomId } = db.rooms.mathematics;
  const nowhere = "00000000-0000-4000-8000-000000000000";
  const rows = await reader.readAccess(db.schoolId, [
    asking(teacher, roomId),
    asking(teacher, nowhere),
    asking(baraka, roomId),
    asking(teacher, roomId),
  ]);
  expect(rows.map((row) => row?.user_name ?? null)).toEqual([
    teacher.name,
    null,
    baraka.name,
    teacher.name,
  ]);
  const signIns = await reader.readSignIns(db.schoolId, [
    { participantId: baraka.userId, signInId: teacher.userId, roomId: null },
    { participantId: baraka.userId, signInId: baraka.userId, roomId },
  ]);
  expect(signIns[0]).toBeNull();
  expect(signIns[1]).toMatchObject({ name: baraka.name, is_account: true, room_kind: "class" });
});

it("[C4] sees one school at a time, whatever is asked and whoever asked before on the same connection", async () => {
  const { teacher } = db.people;
  const theirs = db.neighbour.people.teacher;
  const mine = asking(teacher, db.rooms.mathematics.roomId);
  const foreign = asking(theirs, db.neighbour.rooms.history.roomId);
  const all = await Promise.all(
    Array.from({ length: 60 }, async (_unused, index) => {
      const isMine = index % 2 === 0;
      const school = isMine ? db.schoolId : db.neighbour.schoolId;
      const [own, other] = await reader.readAccess(
        school,
        isMine ? [mine, foreign] : [foreign, mine],
      );
      const signIns = await reader.readSignIns(school, isMine ? [mine, foreign] : [foreign, mine]);
      return [own?.user_name, other, signIns[0]?.name, signIns[1]];
    }),
  );
  const expected = [teacher.name, theirs.name].map((name) => [name, null, name, null]);
  expect(all).toEqual(Array.from({ length: 30 }, () => expected).flat());
});

it("[P8] says unavailable within 3 s when Postgres goes silent, and works again after", async () => {
  const asked = [asking(db.people.teacher, db.rooms.mathematics.roomId)];
  await reader.readAccess(db.schoolId, asked);
  proxy.freeze();
  const fromMs = performance.now();
  const refusal: unknown = await reader
    .readAccess(db.schoolId, asked)
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DarasaError);
  expect(refusal).toMatchObject({ code: "unavailable" });
  // 3 s are promised; the rest is for a busy machine.
  expect(performance.now() - fromMs).toBeLessThan(5_000);
  proxy.thaw();
  proxy.cut();
  for (;;) {
    const rows = await reader.readAccess(db.schoolId, asked).catch(() => null);
    if (rows !== null) break;
  }
});
