import { createHash } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { createDatabase, type SchoolTransaction } from "../createDatabase.ts";
import { orUnavailable } from "../connectionFailure.ts";
import type { DatabaseUrls } from "../prepareCluster.ts";
import { sql } from "../sql.ts";
import { withClient } from "../withClient.ts";
import { nameSchool, type SchoolPlan, type SeededSchool } from "./schoolPlan.ts";

/**
 * The school of the plan, as it is now in the database; all accounts have this password. Running it again
 * restores names, memberships and the password, and leaves everything else that people did alone.
 */
export async function seedSchool<Person extends string, Room extends string>(
  { ownerUrl, appUrl }: Pick<DatabaseUrls, "ownerUrl" | "appUrl">,
  plan: SchoolPlan<Person, Room>,
  password: string,
): Promise<SeededSchool<Person, Room>> {
  const school = nameSchool(plan);
  await orUnavailable(() =>
    withClient(ownerUrl, (owner) =>
      owner.query(
        `insert into schools (school_id, slug, name, guest_policy) values ($1, $2, $3, 'allowed')
         on conflict (school_id) do update set name = excluded.name`,
        [school.schoolId, school.slug, school.name],
      ),
    ),
  );
  const hashes = await hashForEach(Object.keys(school.people) as Person[], plan.slug, password);
  const database = await createDatabase(appUrl, { maxConnections: 1 });
  try {
    await database.inSchool(school.schoolId, async (tx) => {
      await storePeople(tx, school, hashes);
      await storeRooms(tx, school);
    });
  } finally {
    await database.close();
  }
  return school;
}

/**
 * argon2id with the library's parameters (those of OWASP: 19 MiB, 2 passes). The salt comes from the name,
 * so that seeding twice changes no row.
 */
async function hashForEach<Person extends string>(
  people: readonly Person[],
  slug: string,
  password: string,
): Promise<Map<Person, string>> {
  const entries = people.map(async (person): Promise<[Person, string]> => {
    const salt = createHash("sha256").update(`${slug}/${person}`).digest().subarray(0, 16);
    return [person, await hash(password, { salt })];
  });
  return new Map(await Promise.all(entries));
}

async function storePeople<Person extends string>(
  tx: SchoolTransaction,
  school: SeededSchool<Person, string>,
  hashes: ReadonlyMap<Person, string>,
): Promise<void> {
  const rows = (Object.entries(school.people) as [Person, (typeof school.people)[Person]][]).map(
    ([key, { userId, email, name, role }]) => [
      school.schoolId,
      userId,
      email,
      name,
      role,
      hashes.get(key) ?? null,
    ],
  );
  const columns = ["uuid", "uuid", "text", "text", "text", "text"];
  await tx.query(sql.typeAlias("nothing")`
    insert into users (school_id, user_id, email, name, role, password_hash, email_verified_at)
    select *, now() from ${sql.unnest(rows, columns)}
    on conflict (school_id, user_id) do update
      set email = excluded.email, name = excluded.name, role = excluded.role,
        password_hash = excluded.password_hash, deactivated_at = null`);
}

async function storeRooms<Person extends string>(
  tx: SchoolTransaction,
  school: SeededSchool<Person, string>,
): Promise<void> {
  for (const room of Object.values(school.rooms)) {
    const { roomId, boardId, kind, name } = room;
    await tx.query(sql.typeAlias("nothing")`
      insert into rooms (school_id, room_id, kind, name)
      values (${school.schoolId}, ${roomId}, ${kind}, ${name})
      on conflict (school_id, room_id) do nothing`);
    await tx.query(sql.typeAlias("nothing")`
      insert into boards (school_id, board_id, room_id, title)
      values (${school.schoolId}, ${boardId}, ${roomId}, 'Board')
      on conflict (school_id, board_id) do nothing`);
    const members = [
      ...room.teachers.map((person) => [person, "teacher"] as const),
      ...room.students.map((person) => [person, "student"] as const),
    ].map(([person, role]) => [school.schoolId, roomId, school.people[person].userId, role]);
    await tx.query(sql.typeAlias("nothing")`
      insert into room_members (school_id, room_id, user_id, role)
      select * from ${sql.unnest(members, ["uuid", "uuid", "uuid", "text"])}
      on conflict (school_id, room_id, user_id) do update set role = excluded.role`);
  }
}
