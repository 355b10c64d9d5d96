import { randomUUID } from "node:crypto";
import { createWriter, type Writer } from "@darasa/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { liveKitSettings, roomOf, signWebhook } from "./media/liveKitApi.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

const minuteMs = 60_000;
const secret = "what the webhooks of this Jitsi show";

// By its own clock a process dates tokens, and nothing of the register.
describe.each([-10, 10])("a clock of the API that was set by %i minutes", (minutes) => {
  let api: TestApi;
  let writer: Writer;
  let teacher: Person;
  let student: Person;
  let id: string;
  let beganAtMs: number;
  beforeAll(async () => {
    api = await createTestApi(
      {
        ...liveKitSettings(),
        JITSI_DOMAIN: "meet.example.org",
        JITSI_APP_ID: "darasa",
        JITSI_APP_SECRET: "a secret that is long enough for HS256",
        JITSI_WEBHOOK_SECRET: secret,
      },
      { level: "error", write: () => undefined },
    );
    writer = createWriter(api.db.writerUrl);
    beganAtMs = Date.now();
    ({ id } = await api.startClass({ videoProvider: "livekit" }));
    api.advance(minutes * minuteMs);
    teacher = await api.signIn("teacher");
    student = await api.signIn("baraka");
    for (const as of [teacher, student])
      await api.call(`POST /api/live-classes/${id}/join`, { as });
  });
  afterAll(async () => {
    await writer.close();
    await api.close();
  });

  const inRegister = async (person: Person) => {
    const { body } = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
    return body.people.find(({ participantId }) => participantId === person.id);
  };
  /** Within what has gone by of the class. */
  const expectNow = (atMs: number | null | undefined) => {
    expect(atMs).toBeGreaterThanOrEqual(beganAtMs - 1_000);
    expect(atMs).toBeLessThanOrEqual(Date.now() + 1_000);
  };
  const tellLiveKit = async (event: string, atMs: number) => {
    const body = JSON.stringify({
      event,
      id: randomUUID(),
      createdAt: String(Math.floor(atMs / 1000)),
      room: { sid: "RM_1", name: roomOf(api.db.schoolId, id) },
      participant: { sid: "PA_1", identity: student.id, joinedAtMs: String(beganAtMs) },
    });
    const authorization = signWebhook(body, { nowMs: Date.now() });
    const headers = { authorization, "content-type": "application/webhook+json" };
    return (await api.call("POST /api/webhooks/livekit", { body, headers })).status;
  };

  test("takes nobody who is there out of the register, and adds nothing to their minutes", async () => {
    const atMs = Date.now();
    const seen = { schoolId: api.db.schoolId, liveClassId: id, participantId: teacher.id };
    await writer.recordAttendance([{ ...seen, sessionId: randomUUID(), kind: "joined", atMs }]);
    const found = await inRegister(teacher);
    expect(found?.present).toBe(true);
    expectNow(found?.firstJoinedAtMs);
    expectNow(found?.segments.at(-1)?.toMs);
  });

  test("changes nothing of what LiveKit tells, and believes no time of it that is to come", async () => {
    expect(await tellLiveKit("participant_joined", Date.now())).toBe(200);
    expect(await inRegister(student)).toMatchObject({ present: true });
    expect(await tellLiveKit("participant_left", Date.now() + 3 * minuteMs)).toBe(200);
    const found = await inRegister(student);
    expect(found?.present).toBe(false);
    expectNow(found?.firstJoinedAtMs);
    expectNow(found?.lastLeftAtMs);
  });

  test("changes nothing of what a Jitsi tells", async () => {
    const neema = await api.signIn("neema");
    await api.call(`POST /api/live-classes/${id}/join`, { as: neema });
    const name = roomOf(api.db.schoolId, id);
    const second = Math.ceil(beganAtMs / 1000);
    const body = {
      room_name: name,
      room_jid: `${name}@muc.meet.jitsi`,
      is_breakout: false,
      occupant: { occupant_jid: "neema@meet.jitsi/1", id: neema.id, joined_at: second },
    };
    const headers = { authorization: `Bearer ${secret}` };
    const told = await api.call("POST /api/webhooks/jitsi/events/occupant/joined", {
      body,
      headers,
    });
    expect(told.status).toBe(200);
    const found = await inRegister(neema);
    expect(found?.present).toBe(true);
    expectNow(found?.firstJoinedAtMs);
  });
});
