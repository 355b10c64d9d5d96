import { sql } from "@darasa/database";
import type { LiveClassId, SchoolId } from "@darasa/protocol";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { mediaRoomName } from "../src/media/mediaRoomName.ts";
import { sealMediaServers } from "../src/media/mediaServers.ts";
import { describeProsodyWebhooks } from "./jitsi/prosodyWebhooks.contract.ts";
import { namedPlugins } from "./jitsi/startProsody.ts";
import { letInEarlier } from "./media/liveKitApi.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

// JITSI_PLUGINS names what a Prosody is started with; jitsi/README.md tells how.
const plugins = namedPlugins(process.env);
if (plugins) describeProsodyWebhooks("what a real Prosody tells of a class", plugins);

const secret = "what the webhooks of this Jitsi show";
const own = "what the webhooks of that school's Jitsi show";

let api: TestApi;
let student: Person;
let liveClassId: string;
let startSeconds: number;
beforeAll(async () => {
  api = await createTestApi({
    JITSI_DOMAIN: "meet.example.org",
    JITSI_APP_ID: "darasa",
    JITSI_APP_SECRET: "a secret that is long enough for HS256",
    JITSI_WEBHOOK_SECRET: secret,
  });
});
afterAll(() => api.close());
beforeEach(async () => {
  student = await api.signIn("neema");
  liveClassId = (await api.startClass({ title: "Through Jitsi" })).id;
  const joined = await api.call(`POST /api/live-classes/${liveClassId}/join`, { as: student });
  expect(joined.status, joined.text).toBe(200);
  await letInEarlier(api, liveClassId);
  startSeconds = Math.floor(Date.now() / 1000) - 3_600;
  await api.services.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update live_classes set started_at = to_timestamp(${startSeconds})
      where live_class_id = ${liveClassId}`),
  );
});

afterEach(async () => {
  const as = await api.signIn("teacher");
  await api.call(`POST /api/live-classes/${liveClassId}/end`, { as });
});

const roomName = (schoolId = api.db.schoolId) =>
  mediaRoomName({ schoolId: schoolId as SchoolId, liveClassId: liveClassId as LiveClassId });
const roomOf = (name: string) => ({
  room_name: name,
  room_jid: `${name}@muc.meet.jitsi`,
  is_breakout: false,
});

/** Neema's stay from one second of the class to another. */
const stay = (joined: number, left?: number) => ({
  occupant_jid: "14f01c40-5195-4a4d-8efb-f58b49d18741@meet.jitsi/OWhl8jSh",
  id: student.id,
  name: "Neema",
  joined_at: startSeconds + joined,
  ...(left === undefined ? {} : { left_at: startSeconds + left }),
});

async function tell(kind: string, body: unknown, authorization = `Bearer ${secret}`) {
  const headers = { authorization, "content-type": "application/json" };
  return (await api.call(`POST /api/webhooks/jitsi/events/${kind}`, { body, headers })).status;
}
const tellOccupant = (kind: "joined" | "left", occupant: object, name = roomName()) =>
  tell(`occupant/${kind}`, { ...roomOf(name), active_occupants_count: 1, occupant });

const rowSchema = z.object({ kind: z.string(), second: z.number() });

/** What is written down of the class, in its seconds. */
async function attendance(): Promise<string[]> {
  const rows = await api.services.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.type(rowSchema)`
      select kind, floor(extract(epoch from at) - ${startSeconds})::int as second
      from attendance_events where live_class_id = ${liveClassId} and source = 'jitsi'
      order by at, kind`),
  );
  return rows.map(({ kind, second }) => `${kind} ${second}`);
}

describe("what a Jitsi tells of a class", () => {
  it("is its attendance, and counts in the register", async () => {
    expect(await tellOccupant("joined", stay(10))).toBe(200);
    expect(await tellOccupant("left", stay(10, 1_810))).toBe(200);
    expect(await attendance()).toEqual(["joined 10", "left 1810"]);
    const teacher = await api.signIn("teacher");
    const register = await api.call(`GET /api/live-classes/${liveClassId}/attendance`, {
      as: teacher,
    });
    const row = register.body.people.find(({ participantId }) => participantId === student.id);
    expect(row?.minutes).toBe(30);
  });

  it("counts once, however often it is told", async () => {
    for (let times = 0; times < 100; times += 1) await tellOccupant("joined", stay(10));
    for (let times = 0; times < 3; times += 1) await tellOccupant("left", stay(10, 60));
    expect(await attendance()).toEqual(["joined 10", "left 60"]);
  });

  it("may come in any order: a leaving before its coming, two stays crosswise", async () => {
    await tellOccupant("left", stay(100, 160));
    await tellOccupant("left", stay(10, 60));
    await tellOccupant("joined", stay(100));
    await tellOccupant("joined", stay(10));
    expect(await attendance()).toEqual(["joined 10", "left 60", "joined 100", "left 160"]);
  });

  it("with the end of the room comes what was lost on the way", async () => {
    await tellOccupant("joined", stay(10));
    const ended = {
      ...roomOf(roomName()),
      created_at: startSeconds,
      destroyed_at: startSeconds + 900,
      all_occupants: [stay(10, 60), stay(100, 900)],
    };
    expect(await tell("room/destroyed", ended)).toBe(200);
    expect(await attendance()).toEqual(["joined 10", "left 60", "joined 100", "left 900"]);
  });

  it("a room that begins anew closes what its server left open when it died", async () => {
    await tellOccupant("joined", stay(10));
    await tell("room/created", { ...roomOf(roomName()), created_at: startSeconds + 300 });
    await tellOccupant("joined", stay(310));
    expect(await attendance()).toEqual(["joined 10", "left 10", "joined 310"]);
  });

  it("with a clock that is ahead puts nobody into the future", async () => {
    await tellOccupant("joined", stay(10));
    await tellOccupant("left", stay(10, 90_000));
    const soon = stay(7_200);
    await tellOccupant("joined", soon);
    await tellOccupant("joined", soon);
    const words = (await attendance()).map((word) => word.split(" "));
    const nowSecond = Math.ceil(Date.now() / 1000) - startSeconds;
    expect(words.map(([kind]) => kind)).toEqual(["joined", "left", "joined"]);
    for (const [, second] of words) expect(Number(second)).toBeLessThanOrEqual(nowSecond);
  });
});

describe("what changes nothing", () => {
  it.each([
    ["no header", ""],
    ["another secret", `Bearer ${own}`],
    ["half of it", `Bearer ${secret.slice(0, -1)}`],
    ["the secret alone", secret],
  ])("%s is refused", async (_what, authorization) => {
    const body = { ...roomOf(roomName()), occupant: stay(10) };
    expect(await tell("occupant/joined", body, authorization)).toBe(401);
    expect(await attendance()).toEqual([]);
  });

  it("a room of nobody, of no class and of another school is taken and forgotten", async () => {
    const { schoolId: elsewhere } = api.db.neighbour;
    for (const name of ["chess", "f".repeat(64), roomName(elsewhere), `${roomName()}0`]) {
      expect(await tellOccupant("joined", stay(10), name), name).toBe(200);
    }
    expect(await attendance()).toEqual([]);
  });

  it("people who were never let in, who came without a token, and other rooms beside", async () => {
    const stranger = { ...stay(10), id: api.services.newId() };
    const nobody = { ...stay(10), id: undefined };
    const breakout = { ...roomOf(roomName()), is_breakout: true, occupant: stay(10) };
    expect(await tellOccupant("joined", stranger)).toBe(200);
    expect(await tellOccupant("joined", nobody)).toBe(200);
    expect(await tellOccupant("joined", { ...stay(10), id: "focus" })).toBe(200);
    expect(await tell("occupant/joined", breakout)).toBe(200);
    expect(await attendance()).toEqual([]);
  });

  it.each([
    ["no JSON", "occupant/joined", "{", 400],
    ["no occupant", "occupant/joined", {}, 422],
    ["a time of no calendar", "occupant/joined", { occupant: { joined_at: 1e15 } }, 422],
    ["an event that nobody knows", "occupant/sneezed", {}, 404],
  ])("%s is refused", async (_what, kind, body, status) => {
    const sent = typeof body === "string" ? body : { ...roomOf(roomName()), ...body };
    expect(await tell(kind, sent)).toBe(status);
  });

  it("the shared Jitsi says nothing of a school that has its own, and that one nothing of others", async () => {
    const schoolId = api.db.schoolId as SchoolId;
    const sealed = sealMediaServers(api.services.keys.mediaServers, schoolId, {
      servers: {
        jitsi: {
          domain: "meet.school.example",
          appId: "school",
          signing: { kind: "secret", secret: "of that school's Jitsi and of Darasa" },
          webhookSecret: own,
        },
      },
      iv: api.services.randomBytes(12),
    });
    const seal = (value: Buffer | null) =>
      api.services.database.inSchool(schoolId, (tx) =>
        tx.query(sql.typeAlias("nothing")`
          update schools set media_servers = ${value === null ? null : sql.binary(value)}`),
      );
    await seal(sealed);
    try {
      const body = { ...roomOf(roomName()), occupant: stay(10) };
      expect(await tell("occupant/joined", body)).toBe(401);
      expect(await attendance()).toEqual([]);
      expect(await tell("occupant/joined", body, `Bearer ${own}`)).toBe(200);
      expect(await attendance()).toEqual(["joined 10"]);
      const elsewhere = roomOf(roomName(api.db.neighbour.schoolId));
      const others = { ...elsewhere, occupant: stay(10) };
      expect(await tell("occupant/joined", others, `Bearer ${own}`)).toBe(401);
    } finally {
      await seal(null);
    }
  });
});
