import { randomUUID } from "node:crypto";
import { sql } from "@darasa/database";
import type { SchoolId, SchoolRole } from "@darasa/protocol";
import { openSignIn } from "../src/signIns/openSignIn.ts";
import type { Person, TestApi } from "./testApi.ts";

/** Everybody who may come, in the order of the table's columns. */
export const roles = [
  "anonymous",
  // In the running class, in another one, and before the door of the running one.
  "guest",
  "guestElsewhere",
  "guestWaiting",
  // In the room; no member of it any more; in it, but removed from the running class by the teacher.
  "studentIn",
  "studentOut",
  "studentRemoved",
  "teacher",
  "admin",
  "safeguarding",
  // An admin, of another school.
  "otherSchool",
] as const;
export type Role = (typeof roles)[number];

/** One status for each role, where they follow a rule. */
export const everybody = (status: number) => `${status} `.repeat(roles.length).trim();
/** Whoever has a token, a guest's too. */
export const signedIn = (status: number) => `401 ${`${status} `.repeat(roles.length - 1).trim()}`;
/** Accounts, each in its own school. */
export const users = (status: number) => `401  403 403 403  ${`${status} `.repeat(7).trim()}`;
/** Accounts that run their own school; another school's get the second status for what is not theirs. */
export const admins = (status: number, elsewhere = status) =>
  `401  403 403 403  403 403 403  403 ${status} 403  ${elsewhere}`;

/** The things that a row can be about, all of the demo school. */
export interface World {
  readonly schoolId: string;
  readonly roomId: string;
  readonly boardId: string;
  /** Neema, a student of the room. */
  readonly userId: string;
  /** Running, and the guest is in it. */
  readonly live: string;
  /** The running class's code. */
  readonly code: string;
  /** Planned, in the same room. */
  readonly planned: string;
  /** The guest who waits before the running class. */
  readonly waitingGuestId: string;
}

/** Makes what a call uses up, anew for every call; the demo teacher runs it, and students of the room are in it. */
export interface Maker {
  /** A class room. */
  room(): Promise<string>;
  /** A running class in a room of its own. */
  liveClass(): Promise<string>;
  /** An account of the demo school without a password. */
  user(role?: SchoolRole): Promise<string>;
  /** A guest who waits before the running class. */
  waitingGuest(): Promise<string>;
  /** An invitation to the demo school that was mailed. */
  invitation(): Promise<string>;
}

/** The people and things of the access table. */
export interface AccessWorld {
  readonly world: World;
  readonly make: Maker;
  /** That person with a sign-in of this call's own: a call may end sign-ins without harm to the next. */
  signIn(role: Role): Promise<Person | undefined>;
}

/** Sets the demo school up so that every role differs from all others. */
export async function createAccessWorld(api: TestApi): Promise<AccessWorld> {
  const { db } = api;
  const { mathematics, biology } = db.rooms;
  const elsewhere = await api.startClass({ roomId: biology.roomId });
  const planned = await api.planClass();
  const running = await api.startClass();
  const removed = await api.signIn("juma");
  await api.call(`POST /api/live-classes/${running.id}/join`, { as: removed });
  await api.remove(running.id, removed.id);
  await execute(
    api,
    db.schoolId,
    sql.fragment`
    delete from room_members where room_id = ${mathematics.roomId} and user_id = ${db.people.rehema.userId}`,
  );
  await execute(
    api,
    db.neighbour.schoolId,
    sql.fragment`
    update users set role = 'school_admin' where user_id = ${db.neighbour.people.teacher.userId}`,
  );
  const waitingGuestId = await addGuest(api, running.id, { admitted: false });
  const guests: Partial<Record<Role, Guest>> = {
    guest: { liveClassId: running.id, participantId: await addGuest(api, running.id) },
    guestElsewhere: { liveClassId: elsewhere.id, participantId: await addGuest(api, elsewhere.id) },
    guestWaiting: { liveClassId: running.id, participantId: waitingGuestId },
  };
  return {
    world: {
      schoolId: db.schoolId,
      roomId: mathematics.roomId,
      boardId: mathematics.boardId,
      userId: db.people.neema.userId,
      live: running.id,
      code: running.code,
      planned: planned.id,
      waitingGuestId,
    },
    make: makeMaker(api, running.id),
    signIn: (role) => signIn(api, role, guests[role]),
  };
}

interface Guest {
  readonly liveClassId: string;
  readonly participantId: string;
}

async function signIn(
  api: TestApi,
  role: Role,
  guest: Guest | undefined,
): Promise<Person | undefined> {
  if (role === "anonymous") return undefined;
  if (guest) return signInGuest(api, guest);
  const account = accounts[role];
  return account ? api.signIn(account) : api.signInNeighbour("teacher");
}

const accounts: Partial<Record<Role, keyof TestApi["db"]["people"]>> = {
  studentIn: "baraka",
  studentOut: "rehema",
  studentRemoved: "juma",
  teacher: "teacher",
  admin: "admin",
  safeguarding: "safeguarding",
};

async function signInGuest(api: TestApi, guest: Guest): Promise<Person> {
  const schoolId = api.db.schoolId as SchoolId;
  const { signedIn } = await api.db.database.inSchool(schoolId, (tx) =>
    openSignIn(api.services, tx, { schoolId, owner: { guest } }),
  );
  return { id: guest.participantId, name: "Guest", token: signedIn.accessToken, cookie: "" };
}

function makeMaker(api: TestApi, runningId: string): Maker {
  const { schoolId, people } = api.db;
  const room = async () => {
    const as = await api.signIn("teacher");
    const made = await api.call("POST /api/rooms", { as, body: { kind: "class", name: "New" } });
    for (const { userId } of [people.baraka, people.juma, people.neema]) {
      const body = { userId, role: "student" };
      await api.call(`POST /api/rooms/${made.body.id}/members`, { as, body });
    }
    return made.body.id;
  };
  return {
    room,
    liveClass: async () => (await api.startClass({ roomId: await room() })).id,
    async user(role = "student") {
      const userId = randomUUID();
      await execute(
        api,
        schoolId,
        sql.fragment`
        insert into users (school_id, user_id, email, name, role)
        values (${schoolId}, ${userId}, ${`${userId}@demo.darasa`}, 'New', ${role})`,
      );
      return userId;
    },
    waitingGuest: () => addGuest(api, runningId, { admitted: false }),
    async invitation() {
      const as = await api.signIn("admin");
      const body = { emails: [`${randomUUID()}@demo.darasa`], role: "student" };
      await api.call("POST /api/invitations", { as, body });
      const listed = await api.call("GET /api/invitations?limit=100", { as });
      const found = listed.body.invitations.find(({ email }) => email === body.emails[0]);
      return found?.id ?? "";
    },
  };
}

async function addGuest(
  api: TestApi,
  liveClassId: string,
  { admitted = true }: { readonly admitted?: boolean } = {},
): Promise<string> {
  const { schoolId } = api.db;
  const participantId = randomUUID();
  await execute(
    api,
    schoolId,
    sql.fragment`
    insert into live_class_participants
      (school_id, live_class_id, participant_id, name, role, admitted_at)
    values (${schoolId}, ${liveClassId}, ${participantId}, 'Guest', 'guest',
      ${admitted ? sql.fragment`now()` : null})`,
  );
  return participantId;
}

async function execute(
  api: TestApi,
  schoolId: string,
  statement: ReturnType<typeof sql.fragment>,
): Promise<void> {
  await api.db.database.inSchool(schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`${statement}`),
  );
}
