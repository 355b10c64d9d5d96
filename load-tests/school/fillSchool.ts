import { randomUUID } from "node:crypto";
import pg from "pg";

/** Somebody who may connect: their sign-in has the id that they have themselves. */
export interface LoadPerson {
  readonly schoolId: string;
  readonly participantId: string;
  readonly name: string;
}

/** A room, and who is a member of it. */
export interface LoadGroup {
  readonly roomId: string;
  /** Teachers first; nobody is in two rooms. */
  readonly members: readonly LoadPerson[];
}

/** A class room with a running live class. */
export interface LoadRoom extends LoadGroup {
  readonly liveClassId: string;
}

/** Rooms of one size. */
export interface RoomPlan {
  readonly rooms: number;
  readonly size: number;
}

export interface LoadSchool<Room extends LoadGroup = LoadRoom> {
  readonly schoolId: string;
  readonly rooms: readonly Room[];
}

/** Makes a school with all its people signed in and let into their classes: a few statements, whatever the numbers. */
export async function fillSchool(
  superuserUrl: string,
  plans: readonly RoomPlan[],
): Promise<LoadSchool> {
  const { schoolId, rooms: groups } = planSchool(plans, (usual) => usual);
  const rooms = groups.map((group) => ({ ...group, liveClassId: randomUUID() }));
  await insertSchool(superuserUrl, { schoolId, kind: "class", rooms, teachersEach: 1 }, (client) =>
    insertClasses(client, schoolId, rooms),
  );
  return { schoolId, rooms };
}

/** The same with rooms of groups, where no class runs: all may draw, and so many of each teach. */
export async function fillGroups(
  superuserUrl: string,
  plan: RoomPlan & { readonly teachersEach: number; readonly name: string },
): Promise<LoadSchool<LoadGroup>> {
  const { schoolId, rooms } = planSchool([plan], () => plan.name);
  const { teachersEach } = plan;
  await insertSchool(superuserUrl, { schoolId, kind: "group", rooms, teachersEach });
  return { schoolId, rooms };
}

function planSchool(
  plans: readonly RoomPlan[],
  nameOf: (usual: string) => string,
): LoadSchool<LoadGroup> {
  const schoolId = randomUUID();
  const sizes = plans.flatMap(({ rooms, size }) => Array.from({ length: rooms }, () => size));
  const rooms = sizes.map((size, room) => ({
    roomId: randomUUID(),
    members: Array.from({ length: size }, (_unused, member) => ({
      schoolId,
      participantId: randomUUID(),
      name: nameOf(`${member === 0 ? "Teacher" : "Student"} ${room + 1}.${member + 1}`),
    })),
  }));
  return { schoolId, rooms };
}

interface SchoolRows extends LoadSchool<LoadGroup> {
  readonly kind: "class" | "group";
  readonly teachersEach: number;
}

async function insertSchool(
  superuserUrl: string,
  rows: SchoolRows,
  insertMore: (client: pg.Client) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const client = new pg.Client(superuserUrl);
  await client.connect();
  try {
    await insertPeople(client, rows);
    await insertMore(client);
    // A plan for an empty table is none for a full one.
    await client.query("vacuum analyze");
  } finally {
    await client.end();
  }
}

async function insertPeople(client: pg.Client, rows: SchoolRows): Promise<void> {
  const { schoolId, kind, rooms, teachersEach } = rows;
  const people = rooms.flatMap(({ roomId, members }) =>
    members.map(({ participantId, name }, index) => ({
      participantId,
      name,
      roomId,
      role: index < teachersEach ? "teacher" : "student",
    })),
  );
  const column = (name: keyof (typeof people)[number]) => people.map((person) => person[name]);
  await client.query("insert into schools (school_id, slug, name) values ($1, $2, 'Load test')", [
    schoolId,
    `load-${schoolId.slice(0, 8)}`,
  ]);
  await client.query(
    `insert into users (school_id, user_id, email, name, role)
     select $1, id, id || '@example.org', name, role from unnest($2::uuid[], $3::text[], $4::text[]) t (id, name, role)`,
    [schoolId, column("participantId"), column("name"), column("role")],
  );
  await client.query(
    `insert into rooms (school_id, room_id, kind, name)
     select $1, id, $3, 'Room ' || n from unnest($2::uuid[]) with ordinality t (id, n)`,
    [schoolId, rooms.map(({ roomId }) => roomId), kind],
  );
  await client.query(
    `insert into room_members (school_id, room_id, user_id, role)
     select $1, room, id, role from unnest($2::uuid[], $3::uuid[], $4::text[]) t (room, id, role)`,
    [schoolId, column("roomId"), column("participantId"), column("role")],
  );
  await client.query(
    `insert into sign_ins (school_id, sign_in_id, user_id, expires_at)
     select $1, id, id, now() + interval '1 day' from unnest($2::uuid[]) t (id)`,
    [schoolId, column("participantId")],
  );
}

/** Running ones, with everybody let in; the first of a room is its teacher. */
async function insertClasses(
  client: pg.Client,
  schoolId: string,
  rooms: readonly LoadRoom[],
): Promise<void> {
  await client.query(
    `insert into live_classes (school_id, live_class_id, room_id, title, status, starts_at, started_at,
       teacher_seen_at, first_seq, created_by)
     select $1, class, room, 'Load test', 'live', now(), now(), now(), 1, teacher
     from unnest($2::uuid[], $3::uuid[], $4::uuid[]) t (class, room, teacher)`,
    [
      schoolId,
      rooms.map(({ liveClassId }) => liveClassId),
      rooms.map(({ roomId }) => roomId),
      rooms.map(({ members }) => members[0]?.participantId),
    ],
  );
  await client.query(
    `insert into live_class_participants (school_id, live_class_id, participant_id, user_id, name, role, admitted_at)
     select c.school_id, c.live_class_id, u.user_id, u.user_id, u.name, m.role, now()
     from live_classes c
       join room_members m on m.school_id = c.school_id and m.room_id = c.room_id
       join users u on u.school_id = m.school_id and u.user_id = m.user_id
     where c.school_id = $1`,
    [schoolId],
  );
}
