import { randomUUID } from "node:crypto";
import pg from "pg";

/** Somebody who may connect: their sign-in has the id that they have themselves. */
export interface LoadPerson {
  readonly schoolId: string;
  readonly participantId: string;
  readonly name: string;
}

/** A class room with a running live class. */
export interface LoadRoom {
  readonly roomId: string;
  readonly liveClassId: string;
  /** The first is its teacher; nobody is in two rooms. */
  readonly members: readonly LoadPerson[];
}

/** Rooms of one size. */
export interface RoomPlan {
  readonly rooms: number;
  readonly size: number;
}

export interface LoadSchool {
  readonly schoolId: string;
  readonly rooms: readonly LoadRoom[];
}

/** Makes a school with all its people signed in and let into their classes: six statements, whatever the numbers. */
export async function fillSchool(
  superuserUrl: string,
  plans: readonly RoomPlan[],
): Promise<LoadSchool> {
  const schoolId = randomUUID();
  const sizes = plans.flatMap(({ rooms, size }) => Array.from({ length: rooms }, () => size));
  const rooms = sizes.map((size, room) => ({
    roomId: randomUUID(),
    liveClassId: randomUUID(),
    members: Array.from({ length: size }, (_unused, member) => ({
      schoolId,
      participantId: randomUUID(),
      name: `${member === 0 ? "Teacher" : "Student"} ${room + 1}.${member + 1}`,
    })),
  }));
  const client = new pg.Client(superuserUrl);
  await client.connect();
  try {
    await insert(client, schoolId, rooms);
  } finally {
    await client.end();
  }
  return { schoolId, rooms };
}

async function insert(
  client: pg.Client,
  schoolId: string,
  rooms: readonly LoadRoom[],
): Promise<void> {
  const people = rooms.flatMap(({ roomId, liveClassId, members }) =>
    members.map(({ participantId, name }, index) => ({
      participantId,
      name,
      roomId,
      liveClassId,
      role: index === 0 ? "teacher" : "student",
    })),
  );
  const column = (name: keyof (typeof people)[number]) => people.map((person) => person[name]);
  const slug = `load-${schoolId.slice(0, 8)}`;
  await client.query("insert into schools (school_id, slug, name) values ($1, $2, 'Load test')", [
    schoolId,
    slug,
  ]);
  await client.query(
    `insert into users (school_id, user_id, email, name, role)
     select $1, id, id || '@example.org', name, role from unnest($2::uuid[], $3::text[], $4::text[]) t (id, name, role)`,
    [schoolId, column("participantId"), column("name"), column("role")],
  );
  await client.query(
    `insert into rooms (school_id, room_id, kind, name)
     select $1, id, 'class', 'Room ' || n from unnest($2::uuid[]) with ordinality t (id, n)`,
    [schoolId, rooms.map(({ roomId }) => roomId)],
  );
  await client.query(
    `insert into room_members (school_id, room_id, user_id, role)
     select $1, room, id, role from unnest($2::uuid[], $3::uuid[], $4::text[]) t (room, id, role)`,
    [schoolId, column("roomId"), column("participantId"), column("role")],
  );
  await insertClasses(client, schoolId, rooms);
  await client.query(
    `insert into live_class_participants (school_id, live_class_id, participant_id, user_id, name, role, admitted_at)
     select $1, class, id, id, name, role, now()
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) t (class, id, name, role)`,
    [schoolId, column("liveClassId"), column("participantId"), column("name"), column("role")],
  );
  await client.query(
    `insert into sign_ins (school_id, sign_in_id, user_id, expires_at)
     select $1, id, id, now() + interval '1 day' from unnest($2::uuid[]) t (id)`,
    [schoolId, column("participantId")],
  );
  // A plan for an empty table is none for a full one.
  await client.query("analyze");
}

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
}
