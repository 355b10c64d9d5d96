import { limits, type ParticipantId, type ParticipantsAck } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitGuests } from "./support/admitGuests.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import { present, presentList, seen } from "./support/presentList.ts";
import type { TestClient } from "./support/testClient.ts";

let school: LocalSchool;
let teacher: TestClient;
let one: TestClient;
const crowd: TestClient[] = [];
beforeAll(async () => {
  school = await startLocalSchool({
    timings: { hallPresenceIntervalMs: 100, presenceIntervalMs: 20 },
  });
  const { database, liveClass: liveClassId } = school;
  const guests = await admitGuests({ database, liveClassId }, limits.maxListedParticipants + 20);
  teacher = await school.enter(school.teacher);
  one = await school.enter(school.students[0]);
  await Promise.all(guests.map(async (guest) => crowd.push(await school.enter(guest))));
}, 60_000);
afterAll(() => school.stop());

const room = () => school.room;
const size = () => crowd.length + 2;

describe("[P10] in a hall", () => {
  test("all are told how many there are, and of those of note only", async () => {
    for (const client of [teacher, one, crowd[0] as TestClient]) {
      await client.until(() => presentList(client).count === size() || undefined);
      expect([...presentList(client).people.keys()]).toEqual([school.teacher.participantId]);
    }
    const late = await school.enter(school.students[1]);
    await late.until(() => presentList(late).count === size() + 1 || undefined);
    expect([...presentList(late).people.keys()]).toEqual([school.teacher.participantId]);
    late.close();
    await teacher.until(() => presentList(teacher).count === size() || undefined);
    const { participantId } = school.students[1];
    expect(teacher.all("presence").flatMap(({ gone }) => gone)).not.toContain(participantId);
  });

  test("who raises a hand comes into the list, and goes from it when it is lowered", async () => {
    const { participantId } = school.students[0];
    await one.acked({ type: "raiseHand", room: room() });
    await seen(teacher, participantId, ({ handRaisedAtMs }) => handRaisedAtMs !== null);
    await teacher.acked({ type: "lowerHand", room: room(), participant: null });
    await teacher.until(() => !presentList(teacher).people.has(participantId) || undefined);
    expect(presentList(teacher).count).toBe(size());
  });

  test("pages bring everybody once, in the order of ids, and names are found in whatever case", async () => {
    const found: ParticipantId[] = [];
    let after: ParticipantId | null = null;
    do {
      const page: ParticipantsAck = await one.acked({
        type: "getParticipants",
        room: room(),
        after,
      });
      expect(page.count).toBe(size());
      expect(page.participants.length).toBeLessThanOrEqual(limits.participantPageSize);
      found.push(...page.participants.map(({ participantId }) => participantId));
      after = page.next;
    } while (after !== null);
    expect(found).toHaveLength(size());
    expect(found).toEqual([...new Set(found)].sort());
    const named = await one.acked({
      type: "getParticipants",
      room: room(),
      after: null,
      query: "gUEST 21",
    });
    expect(named.participants.map(({ name }) => name).sort()).toEqual([
      "Guest 21",
      ...Array.from({ length: 10 }, (_, digit) => `Guest 21${String(digit)}`),
    ]);
  });

  test("[P11][P12][P13] nobody is told who writes, reactions are counted, and only a teacher points", async () => {
    const reacting = crowd.slice(0, 30);
    await Promise.all(
      reacting.map((client) => client.acked({ type: "react", room: room(), reaction: "clap" })),
    );
    await one.until(() => {
      const counts = one.all("reaction").map(({ count }) => count);
      return counts.reduce((sum, count) => sum + count, 0) === reacting.length || undefined;
    });
    expect(one.all("reaction").length).toBeLessThan(reacting.length);
    for (const event of one.all("reaction")) expect(event.participantId).toBeNull();
    const at = { target: "board", x: 0.5, y: 0.25 } as const;
    await teacher.acked({ type: "setPermissions", room: room(), drawing: "everyone" });
    await one.next("permissions", ({ permissions }) => permissions.drawing === "everyone");
    expect(await one.refused({ type: "point", room: room(), at })).toBe("forbidden");
    await one.acked({ type: "setTyping", room: room(), typing: true });
    await teacher.acked({ type: "point", room: room(), at });
    expect(await one.next("pointer")).toMatchObject({
      participantId: school.teacher.participantId,
      at,
    });
    expect(one.all("typing")).toEqual([]);
  });

  test("that has fewer than 150 left, all have the whole list again", async () => {
    for (const client of crowd.splice(100)) client.close();
    await present(teacher, size());
    await present(one, size());
    expect(one.all("presence").filter(({ reset }) => reset)).toHaveLength(2);
  });
});

test("[P11][P12][P13] in a room all are told at once who writes, reacts and points, who may draw", async () => {
  const { participantId } = school.students[0];
  await one.acked({ type: "setTyping", room: room(), typing: true });
  await teacher.next("typing", (event) => event.participantId === participantId && event.typing);
  await one.acked({ type: "react", room: room(), reaction: "heart" });
  await teacher.next(
    "reaction",
    (event) => event.participantId === participantId && event.count === 1,
  );
  const at = {
    target: "screen",
    x: 0,
    y: 1,
    sharedBy: school.teacher.participantId,
  } as const;
  await one.acked({ type: "point", room: room(), at });
  const pointed = await teacher.next("pointer", (event) => event.participantId === participantId);
  expect(pointed.at).toEqual(at);
  await teacher.acked({ type: "setPermissions", room: room(), drawing: "teachers" });
  await one.next("permissions", ({ permissions }) => permissions.drawing === "teachers");
  expect(await one.refused({ type: "point", room: room(), at })).toBe("drawing_locked");
  await one.acked({ type: "point", room: room(), at: null });
  await teacher.next("pointer", (event) => event.participantId === participantId && !event.at);
  await teacher.acked({
    type: "allowDrawing",
    room: room(),
    participant: participantId,
    allowed: true,
  });
  await seen(teacher, participantId, ({ drawAllowed }) => drawAllowed);
  await one.acked({ type: "point", room: room(), at });
});
