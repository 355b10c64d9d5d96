import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LiveClassId, SchoolId } from "@darasa/protocol";
import { computeAttendance } from "../../src/attendance/computeAttendance.ts";
import { loadAttendanceEvents } from "../../src/attendance/store.ts";
import { sealMediaServers } from "../../src/media/mediaServers.ts";
import { asSuperuser } from "@darasa/database/testing";
import type { TestApi } from "../testApi.ts";
import {
  letInEarlier,
  mediaEvents,
  roomOf,
  signWebhook,
  startClassOn,
  startLiveKitClass,
  type LiveKitClass,
} from "./liveKitApi.ts";

let api: TestApi;
let live: LiveKitClass;
beforeAll(async () => {
  ({ api, live } = await startLiveKitClass());
  await letInEarlier(api, live.id);
});
afterAll(() => api.close());

/** Of the present test: each has an hour of its own, one before that of the other. */
let startMs = Infinity;
/** Each test has a stay of its own: a room sid that no other has. */
let roomSid: string;
beforeEach(() => {
  startMs = Math.min(startMs, Math.floor(api.services.now() / 1000) * 1000) - 3_600_000;
  roomSid = `RM_${randomUUID()}`;
});

interface Told {
  readonly event?: string;
  readonly id?: string;
  readonly room?: string;
  readonly identity?: string;
  readonly atMs?: number;
  readonly sid?: string;
}

/** A webhook as LiveKit 1.13 writes them: int64 as strings, and much that is not for us. */
function webhook(told: Told = {}): string {
  const { event = "participant_joined", atMs = startMs, identity = live.student.id } = told;
  return JSON.stringify({
    event,
    room: {
      sid: roomSid,
      name: told.room ?? live.room,
      emptyTimeout: 300,
      creationTime: String(startMs / 1000),
      turnPassword: "a secret",
    },
    ...(event.startsWith("participant")
      ? {
          participant: {
            sid: told.sid ?? "PA_1",
            identity,
            state: "ACTIVE",
            joinedAt: String(Math.floor(startMs / 1000)),
            joinedAtMs: String(startMs + 250),
          },
        }
      : {}),
    id: told.id ?? `EV_${randomUUID()}`,
    createdAt: String(Math.floor(atMs / 1000)),
  });
}

async function send(body: string, authorization?: string) {
  const signed = authorization ?? signWebhook(body, { nowMs: api.services.now() });
  return post(body, { authorization: signed });
}

function post(body: string, headers: Record<string, string>) {
  return api.call("POST /api/webhooks/livekit", {
    body,
    headers: { "content-type": "application/webhook+json", ...headers },
  });
}

/** What was written down since the test began, as `kind` and ms after its beginning. */
async function stays(of = live) {
  const events = await mediaEvents(api, of.id);
  return events
    .filter(({ atMs }) => atMs >= startMs && atMs < startMs + 900_000)
    .map(({ kind, atMs }) => `${kind} ${atMs - startMs}`);
}

/** When the student was there, as the register takes what was written down since the test began. */
async function presence() {
  const events = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    loadAttendanceEvents(tx, live.id as LiveClassId),
  );
  const time = { startedAtMs: startMs, endedAtMs: startMs + 900_000 };
  const own = events.filter(({ atMs }) => atMs >= startMs);
  return computeAttendance(own, time, time.endedAtMs).get(live.student.id)?.segments;
}

describe("what nobody but LiveKit can have sent", () => {
  const nowMs = () => api.services.now();
  const cases: readonly (readonly [string, (body: string) => string | Promise<string>])[] = [
    [
      "signed with another secret",
      (body) => signWebhook(body, { nowMs: nowMs(), secret: "x".repeat(40) }),
    ],
    ["of another key", (body) => signWebhook(body, { nowMs: nowMs(), key: "other" })],
    [
      "with the hash of another body",
      (body) => signWebhook(body, { nowMs: nowMs(), signedBody: webhook() }),
    ],
    [
      "altered",
      (body) => signWebhook(body, { nowMs: nowMs(), signedBody: body.replace("PA_1", "PA_2") }),
    ],
    [
      "read and written again",
      (body) =>
        signWebhook(body, {
          nowMs: nowMs(),
          signedBody: JSON.stringify(JSON.parse(body), null, 1),
        }),
    ],
    ["6 minutes old", (body) => signWebhook(body, { nowMs: nowMs(), ageSeconds: 360 })],
    ["with a token that is none", () => "Bearer guessed"],
    [
      "with the token of a pupil's browser",
      async () => {
        const joined = await api.call(`POST /api/live-classes/${live.id}/join`, {
          as: live.student,
        });
        return joined.body.video.provider === "livekit" ? joined.body.video.token : "";
      },
    ],
  ];

  test.each(cases)("a webhook %s is refused, and nothing is written down", async (_what, sign) => {
    const body = webhook();
    expect((await send(body, await sign(body))).status).toBe(401);
    expect(await stays()).toEqual([]);
  });

  test("one without any signature, too", async () => {
    expect((await post(webhook(), {})).status).toBe(401);
    expect(await stays()).toEqual([]);
  });

  test("one that is signed for a week is believed for 5 minutes", async () => {
    const body = webhook();
    const { SignJWT } = await import("jose");
    const { createHash } = await import("node:crypto");
    const at = Math.floor(nowMs() / 1000) - 360;
    const token = await new SignJWT({ sha256: createHash("sha256").update(body).digest("base64") })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer("darasa-test")
      .setNotBefore(at)
      .setExpirationTime(at + 604_800)
      .sign(Buffer.from("a secret of thirty-two bytes, or more"));
    expect((await send(body, token)).status).toBe(401);
  });
});

test("who comes and goes is written down, to the millisecond of coming", async () => {
  expect((await send(webhook())).status).toBe(200);
  await send(webhook({ event: "participant_left", atMs: startMs + 60_000 }));
  expect(await stays()).toEqual(["joined 250", "left 60000"]);
});

test("a word of times that no clock shows is taken and forgotten", async () => {
  const never = webhook({ event: "participant_left", atMs: 9_000_000_000_000_000 });
  expect((await send(never)).status).toBe(200);
  const comingNever = webhook().replace(String(startMs + 250), "9007199254740991");
  expect((await send(comingNever)).status).toBe(200);
  expect(await stays()).toEqual([]);
});

test("of each track that somebody sends nothing is kept", async () => {
  const [track, coming] = [`EV_${randomUUID()}`, `EV_${randomUUID()}`];
  await send(webhook({ event: "track_published", id: track }));
  await send(webhook({ id: coming }));
  const kept = await asSuperuser<{ id: string }>(
    api.db,
    "select event_id as id from webhook_events where event_id = any($1)",
    [[track, coming]],
  );
  expect(kept.map(({ id }) => id)).toEqual([coming]);
});

test("what is signed is every byte, spaces too", async () => {
  const spaced = JSON.stringify(JSON.parse(webhook()), null, 3);
  expect((await send(spaced)).status).toBe(200);
  expect(await stays()).toEqual(["joined 250"]);
});

test("the same word a hundred times is one", async () => {
  const body = webhook();
  const answers = await Promise.all(Array.from({ length: 100 }, () => send(body)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await stays()).toEqual(["joined 250"]);
});

test("the same news under another id changes nothing either", async () => {
  await send(webhook());
  await send(webhook());
  expect(await stays()).toEqual(["joined 250"]);
});

test("a leaving before its coming has both, and the coming then changes nothing", async () => {
  await send(webhook({ event: "participant_left", atMs: startMs + 5_000 }));
  expect(await stays()).toEqual(["joined 250", "left 5000"]);
  await send(webhook());
  expect(await stays()).toEqual(["joined 250", "left 5000"]);
});

test("who leaves within the second of coming has not left before it", async () => {
  await send(webhook({ event: "participant_left" }));
  expect(await stays()).toEqual(["joined 250", "left 250"]);
});

test("a room that ends closes whoever is open, and a late word of leaving still counts", async () => {
  await send(webhook());
  await send(webhook({ event: "room_finished", atMs: startMs + 30_000 }));
  expect(await stays()).toEqual(["joined 250", "left 250"]);
  await send(webhook({ event: "participant_left", atMs: startMs + 29_000 }));
  // They went on where they were thought to have left.
  expect(await stays()).toEqual(["joined 250", "left 250", "joined 251", "left 29000"]);
  expect(await presence()).toEqual([{ fromMs: startMs + 251, toMs: startMs + 29_000 }]);
});

test("words about rooms and people that are not ours are taken and forgotten", async () => {
  const unknown = roomOf(api.db.schoolId, randomUUID());
  const nobodys = roomOf(randomUUID(), live.id);
  const elsewhere = roomOf(api.db.neighbour.schoolId, live.id);
  for (const room of [unknown, nobodys, elsewhere, "maths", "*"]) {
    expect((await send(webhook({ room }))).status, room).toBe(200);
  }
  for (const identity of [randomUUID(), "EG_recorder", api.db.neighbour.people.teacher.userId]) {
    expect((await send(webhook({ identity }))).status, identity).toBe(200);
  }
  for (const event of ["track_published", "egress_started", "something_new"]) {
    expect((await send(webhook({ event }))).status, event).toBe(200);
  }
  expect((await send("{}")).status).toBe(200);
  expect((await send("no json")).status).toBe(400);
  expect(await stays()).toEqual([]);
});

test("a school with a LiveKit of its own is told of by that one alone", async () => {
  const own = {
    url: "ws://127.0.0.1:9",
    apiKey: "own",
    apiSecret: "another secret of thirty-two bytes",
  };
  const schoolId = api.db.schoolId as SchoolId;
  const sealed = sealMediaServers(api.services.keys.mediaServers, schoolId, {
    servers: { livekit: own },
    iv: api.services.randomBytes(12),
  });
  const setServers = (value: Buffer | null) =>
    asSuperuser(api.db, "update schools set media_servers = $1 where school_id = $2", [
      value,
      schoolId,
    ]);
  await setServers(sealed);
  const body = webhook();
  const nowMs = api.services.now();
  const byShared = await send(body);
  const byOwn = await send(body, signWebhook(body, { nowMs, key: "own", secret: own.apiSecret }));
  await setServers(null);
  expect([byShared.status, byOwn.status]).toEqual([401, 200]);
  expect(await stays()).toEqual(["joined 250"]);
});

test("the register counts who was seen by LiveKit alone", async () => {
  await api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher });
  live = await startClassOn(api);
  await letInEarlier(api, live.id);
  await asSuperuser(
    api.db,
    "update live_classes set started_at = started_at - interval '20 minutes' where live_class_id = $1",
    [live.id],
  );
  startMs = Math.floor(api.services.now() / 1000) * 1000 - 900_000;
  await send(webhook());
  await send(webhook({ event: "participant_left", atMs: startMs + 600_000 }));
  const { body } = await api.call(`GET /api/live-classes/${live.id}/attendance`, {
    as: live.teacher,
  });
  const minutes = body.people.find(
    ({ participantId }) => participantId === live.student.id,
  )?.minutes;
  expect(minutes).toBeCloseTo(10, 0);
});
