import { sql } from "@darasa/database";
import { startTestClass } from "@darasa/database/testing";
import { createAccessWorld, type Role } from "../accessWorld.ts";
import { createTestApi, type Person, type TestApi } from "../testApi.ts";
import type { FuzzRequest } from "./requestArbitrary.ts";
import type { KnownValues } from "./valueArbitrary.ts";

const things = [
  "ownSchool",
  "ownRoom",
  "ownBoard",
  "ownStudent",
  "ownTeacher",
  "ownLive",
  "ownPlanned",
  "ownGuest",
  "theirSchool",
  "theirRoom",
  "theirBoard",
  "theirStudent",
  "theirLive",
] as const;
type Thing = (typeof things)[number];

/**
 * What stands for a thing in a request that was made up before there was a world: a failure is told, and found again
 * by its seed, without the ids of one run.
 */
const standIn = (thing: Thing) =>
  `a0000000-0000-4000-8000-0000000000${String(things.indexOf(thing)).padStart(2, "0")}`;
const codeStandIn = "STANDC";

/** What is worth trying in a request, by the name of the field; for `id` by the folder that it stands in. */
export const knownValues: KnownValues = {
  anyId: things.map(standIn),
  rooms: [standIn("ownRoom")],
  roomId: [standIn("ownRoom")],
  "live-classes": [standIn("ownLive"), standIn("ownPlanned")],
  people: [standIn("ownStudent"), standIn("ownTeacher")],
  userId: [standIn("ownStudent"), standIn("ownTeacher")],
  participantId: [standIn("ownGuest")],
  participantIds: [standIn("ownGuest")],
  document: [standIn("ownBoard")],
  code: [codeStandIn, "123456"],
  pin: ["4071"],
  school: ["demo", "neighbour"],
  slug: ["demo", "neighbour", "new-school"],
  name: ["Ali Hassan", "Chess", "Zawadi 🎓"],
  title: ["Sketch", "Quadratic equations"],
  email: ["baraka@demo.darasa", "teacher@demo.darasa", "nobody@demo.darasa", "new@b.example"],
  emails: ["new@b.example", "baraka@demo.darasa"],
  password: ["open sesame", "a fine long word"],
  current: ["open sesame"],
  timeZone: ["Africa/Dar_es_Salaam", "UTC", "Nowhere/Here"],
  csv: ["name,email\nAli Hassan,ali@b.example\n", "name;email\n;x\nAli;ali@b.example\nAli;"],
  confirm: ["CANARY-of-demo"],
  reason: ["A complaint was made about this."],
};

/** What only the people of that school may ever read. */
export const canaries = { demo: "CANARY-of-demo", neighbour: "CANARY-of-neighbour" } as const;

/** Two schools with people in every role, for as long as the requests leave them as they are. */
export interface FuzzWorld {
  readonly api: TestApi;
  readonly signIn: (role: Role) => Promise<Person | undefined>;
  /** The request with the things of this world in place of what stands for them. */
  fill(request: FuzzRequest): FuzzRequest;
  /** Whether people can still do what they could at the start. */
  isWhole(): Promise<boolean>;
}

/** Makes a world anew; no limits hold in it but those of size. */
export async function createFuzzWorld(): Promise<FuzzWorld> {
  const api = await createTestApi({ REALTIME_URL: "http://127.0.0.1:9" });
  const unlimited = { take: () => Promise.resolve(), giveBack: () => Promise.resolve() };
  Object.assign(api.services.limits, unlimited);
  const { db } = api;
  const access = await createAccessWorld(api);
  const { history } = db.neighbour.rooms;
  const theirClass = await startTestClass(db.database, {
    schoolId: db.neighbour.schoolId,
    roomId: history.roomId,
    teacher: db.neighbour.people.teacher,
  });
  await mark(api, db.schoolId, canaries.demo);
  await mark(api, db.neighbour.schoolId, canaries.neighbour);
  await makeSuperAdmin(api, db.neighbour.schoolId, db.neighbour.people.teacher.userId);

  const { world } = access;
  const ids: Record<Thing, string> = {
    ownSchool: world.schoolId,
    ownRoom: world.roomId,
    ownBoard: world.boardId,
    ownStudent: world.userId,
    ownTeacher: db.people.teacher.userId,
    ownLive: world.live,
    ownPlanned: world.planned,
    ownGuest: world.waitingGuestId,
    theirSchool: db.neighbour.schoolId,
    theirRoom: history.roomId,
    theirBoard: history.boardId,
    theirStudent: db.neighbour.people.student.userId,
    theirLive: theirClass.liveClassId,
  };
  const fillText = (text: string) =>
    things
      .reduce((filled, thing) => filled.replaceAll(standIn(thing), ids[thing]), text)
      .replaceAll(codeStandIn, world.code);
  const fillValue = <T>(value: T): T =>
    value === undefined ? value : (JSON.parse(fillText(JSON.stringify(value))) as T);

  return {
    api,
    signIn: (role) => access.signIn(role),
    fill: (request) => ({
      headers: request.headers,
      path: fillText(request.path),
      sent: typeof request.sent === "string" ? fillText(request.sent) : request.sent,
      params: fillValue(request.params),
      query: fillValue(request.query),
      body: fillValue(request.body),
    }),
    async isWhole() {
      const seen = await Promise.all(
        whole.map(async ([role, path]) => {
          const as = await access.signIn(role).catch(() => undefined);
          return api.call(`GET ${fillText(path)}`, { as });
        }),
      );
      return seen.every(({ status }, index) => status === whole[index]?.[2]);
    },
  };
}

const ownRoom = `/api/rooms/${standIn("ownRoom")}`;
const ownLive = `/api/live-classes/${standIn("ownLive")}/waiting`;
/** What shows that people, room and class are what they were. */
const whole: readonly [Role, path: string, status: number][] = [
  ["studentIn", ownRoom, 200],
  ["studentOut", ownRoom, 404],
  ["studentRemoved", ownRoom, 200],
  ["teacher", ownLive, 200],
  ["guest", `${ownRoom}/boards`, 200],
  ["admin", "/api/invitations", 200],
  ["safeguarding", "/api/safeguarding/rooms", 200],
  ["otherSchool", "/api/schools", 200],
];

async function mark(api: TestApi, schoolId: string, canary: string): Promise<void> {
  await api.db.database.inSchool(schoolId, async (tx) => {
    for (const named of [
      sql.fragment`schools set name = ${canary}`,
      sql.fragment`users set name = ${canary}`,
      sql.fragment`rooms set name = ${canary}`,
      sql.fragment`boards set title = ${canary}`,
      sql.fragment`live_classes set title = ${canary}`,
      sql.fragment`live_class_participants set name = ${canary}`,
    ]) {
      await tx.query(sql.typeAlias("nothing")`update ${named}`);
    }
  });
}

/** Their name is no secret of their school's: whose limits they change reads it in the audit log. */
async function makeSuperAdmin(api: TestApi, schoolId: string, userId: string): Promise<void> {
  await api.db.database.inSchool(schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update users set role = 'super_admin', name = 'Operator' where user_id = ${userId}`),
  );
}
