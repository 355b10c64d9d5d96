import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { notifyControl, type ControlMessage } from "./control.ts";
import { listenControl, type ControlListener } from "./listenControl.ts";
import {
  asSuperuser,
  createTestDatabase,
  startStallingProxy,
  startTestClass,
  type StallingProxy,
  type TestDatabase,
} from "./testing/index.ts";

let db: TestDatabase;
let proxy: StallingProxy;
let listener: ControlListener;
let messages: ControlMessage[];
let errors: unknown[];
let reconnections: number;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

beforeEach(async () => {
  messages = [];
  errors = [];
  reconnections = 0;
  proxy = await startStallingProxy(db.appUrl);
  listener = listenControl(proxy.url, {
    onMessage: (message) => messages.push(message),
    onReconnected: () => (reconnections += 1),
    onError: (error) => errors.push(error),
    probeIntervalMs: 100,
  });
  await listener.ready;
});
afterEach(async () => {
  await listener.close();
  await proxy.close();
});

const id = "3f0e8b1e-7a53-4c55-9d7e-0a4c6e7c1a11";
const message = (changes: Partial<{ roomId: string }> = {}): ControlMessage => ({
  kind: "participantRemoved",
  schoolId: db.schoolId,
  roomId: id,
  liveClassId: id,
  participantId: id,
  ...changes,
});
const notify = (text: ControlMessage) =>
  db.database.inSchool(db.schoolId, (tx) => notifyControl(tx, text));

describe("control messages", () => {
  it("arrive once each and in order, when their transaction commits", async () => {
    await notify(message());
    await notify({
      kind: "permissions",
      schoolId: db.schoolId,
      roomId: id,
      liveClassId: id,
      permissions: { drawing: "everyone", chatLocked: true },
    });
    await expect
      .poll(() => messages.map(({ kind }) => kind))
      .toEqual(["participantRemoved", "permissions"]);
    expect(messages[0]).toEqual(message());
  });

  it("are never told for a transaction that was rolled back", async () => {
    const rolledBack = db.database.inSchool(db.schoolId, async (tx) => {
      await notifyControl(tx, message());
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    const later = message({ roomId: db.rooms.biology.roomId });
    await notify(later);
    await expect.poll(() => messages).toEqual([later]);
  });

  it("are checked before they are sent", async () => {
    await expect(notify(message({ roomId: "not-an-id" }))).rejects.toThrow(/roomId/);
  });

  it("that are not ours are reported, and the listener goes on", async () => {
    await asSuperuser(db, "select pg_notify('darasa_control', 'garbage')");
    await asSuperuser(db, `select pg_notify('darasa_control', '{"kind":"unknown"}')`);
    await notify(message());
    await expect.poll(() => messages).toEqual([message()]);
    expect(errors).toHaveLength(2);
  });

  it("reach the listener again after its connection was cut, which it is told of", async () => {
    proxy.cut();
    await expect.poll(() => reconnections).toBe(1);
    await notify(message());
    await expect.poll(() => messages).toEqual([message()]);
  });

  it("reach the listener again after Postgres had gone silent", async () => {
    proxy.freeze();
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    proxy.thaw();
    await expect.poll(() => reconnections).toBe(1);
    await notify(message());
    await expect.poll(() => messages).toEqual([message()]);
  });

  it("do not arrive after close", async () => {
    await listener.close();
    await expect.poll(() => proxy.connections).toBe(0);
    proxy.cut();
    expect(reconnections).toBe(0);
    expect(errors).toEqual([]);
  });
});

describe("endAbandonedLiveClasses", () => {
  it("ends the classes of all schools that no teacher was seen in for so long, and tells the gateways", async () => {
    const own = await startTestClass(db.database, {
      schoolId: db.schoolId,
      roomId: db.rooms.mathematics.roomId,
      teacher: db.people.teacher,
    });
    const foreign = await startTestClass(db.database, {
      schoolId: db.neighbour.schoolId,
      roomId: db.neighbour.rooms.history.roomId,
      teacher: db.neighbour.people.teacher,
    });
    const attended = await startTestClass(db.database, {
      schoolId: db.schoolId,
      roomId: db.rooms.biology.roomId,
      teacher: db.people.teacher,
    });
    await asSuperuser(
      db,
      "update live_classes set teacher_seen_at = now() - interval '11 minutes' where live_class_id = any($1)",
      [[own.liveClassId, foreign.liveClassId]],
    );
    await expect(db.database.endAbandonedLiveClasses(12)).resolves.toBe(0);
    await expect(db.database.endAbandonedLiveClasses(10)).resolves.toBe(2);
    await expect(db.database.endAbandonedLiveClasses(10)).resolves.toBe(0);

    const expected = (schoolId: string, roomId: string, liveClassId: string) => ({
      kind: "liveClassEnded",
      schoolId,
      roomId,
      liveClassId,
      reason: "no_teacher",
    });
    await expect.poll(() => messages).toHaveLength(2);
    expect(messages).toEqual(
      expect.arrayContaining([
        expected(db.schoolId, db.rooms.mathematics.roomId, own.liveClassId),
        expected(db.neighbour.schoolId, db.neighbour.rooms.history.roomId, foreign.liveClassId),
      ]),
    );
    const rows = await asSuperuser<{ id: string; status: string; end_reason: string | null }>(
      db,
      "select live_class_id as id, status, end_reason from live_classes",
    );
    expect(rows).toContainEqual({ id: own.liveClassId, status: "ended", end_reason: "no_teacher" });
    expect(rows).toContainEqual({ id: attended.liveClassId, status: "live", end_reason: null });
  });
});
