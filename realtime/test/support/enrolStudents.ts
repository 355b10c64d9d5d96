import { randomUUID } from "node:crypto";
import { asSuperuser } from "@darasa/database/testing";
import type { ParticipantId } from "@darasa/protocol";
import { signEverybodyIn } from "./signEverybodyIn.ts";
import type { TestPerson, TestSchool } from "./testSchool.ts";

/** So many more students of the school's room, who were let into its class. */
export async function enrolStudents(school: TestSchool, count: number): Promise<TestPerson[]> {
  const { database, room, liveClass } = school;
  const { schoolId } = database;
  const students = Array.from({ length: count }, (_, index) => ({
    schoolId,
    participantId: randomUUID() as ParticipantId,
    name: `Student ${String(index)}`,
  }));
  const ids = students.map(({ participantId }) => `'${participantId}'::uuid`).join(", ");
  const each = `unnest(array[${ids}]) with ordinality as t (id, n)`;
  const name = `'Student ' || (n - 1)`;
  await asSuperuser(
    database,
    `insert into users (school_id, user_id, email, name, role)
     select '${schoolId}', id, id || '@example.org', ${name}, 'student' from ${each}`,
  );
  await asSuperuser(
    database,
    `insert into room_members (school_id, room_id, user_id, role)
     select '${schoolId}', '${room}', id, 'student' from ${each}`,
  );
  await asSuperuser(
    database,
    `insert into live_class_participants
       (school_id, live_class_id, participant_id, user_id, name, role, admitted_at)
     select '${schoolId}', '${liveClass.liveClassId}', id, id, ${name}, 'student', now() from ${each}`,
  );
  await signEverybodyIn(database);
  return students;
}
