import * as z from "zod";
import type { Database } from "../createDatabase.ts";
import { randomClassCode } from "../demo/ensureDemoClass.ts";
import { sql } from "../sql.ts";

interface TestClassPlan {
  readonly schoolId: string;
  readonly roomId: string;
  /** Who starts it and is admitted as its teacher. */
  readonly teacher: { readonly userId: string; readonly name: string };
  readonly students?: readonly { readonly userId: string; readonly name: string }[];
  /** Names of guests; each gets an id of their own. */
  readonly guests?: readonly string[];
}

/** A running live class. */
export interface TestClass {
  readonly liveClassId: string;
  readonly code: string;
  /** The ids of the guests, in the order of their names. */
  readonly guestIds: readonly string[];
}

/** Starts a live class and admits these people, by the rows that the API would write. */
export async function startTestClass(database: Database, plan: TestClassPlan): Promise<TestClass> {
  const { schoolId, roomId, teacher, students = [], guests = [] } = plan;
  return database.inSchool(schoolId, async (tx) => {
    const code = randomClassCode();
    const liveClassId = await tx.oneFirst(sql.type(z.object({ id: z.string() }))`
      insert into live_classes (school_id, room_id, title, code, status, starts_at, started_at,
        teacher_seen_at, first_seq, created_by)
      select ${schoolId}, ${roomId}, 'Test class', ${code}, 'live', now(), now(), now(), last_seq + 1,
        ${teacher.userId}
      from rooms where room_id = ${roomId}
      returning live_class_id as id`);
    const admit = (person: { userId: string | null; name: string }, role: string) =>
      tx.oneFirst(sql.type(z.object({ id: z.string() }))`
        insert into live_class_participants (school_id, live_class_id, participant_id, user_id, name, role)
        values (${schoolId}, ${liveClassId}, coalesce(${person.userId}::uuid, gen_random_uuid()),
          ${person.userId}::uuid, ${person.name}, ${role})
        returning participant_id as id`);
    await admit(teacher, "teacher");
    for (const student of students) await admit(student, "student");
    const guestIds: string[] = [];
    for (const name of guests) guestIds.push(await admit({ userId: null, name }, "guest"));
    return { liveClassId, code, guestIds };
  });
}
