import { sql, type Database } from "@darasa/database";
import type { ParticipantId } from "@darasa/protocol";
import * as z from "zod";
import type { TestPerson } from "./testSchool.ts";

/** Where a crowd goes: a school's database and its running class. */
interface Crowded {
  readonly database: { readonly database: Database; readonly schoolId: string };
  readonly liveClassId: string;
}

/** So many guests of the class, let in and signed in for an hour, by the rows that the API would write. */
export async function admitGuests(
  { database: { database, schoolId }, liveClassId }: Crowded,
  count: number,
): Promise<TestPerson[]> {
  return database.inSchool(schoolId, async (tx) => {
    const guests = await tx.any(sql.type(z.object({ id: z.string(), name: z.string() }))`
      insert into live_class_participants (school_id, live_class_id, participant_id, name, role)
      select ${schoolId}, ${liveClassId}, gen_random_uuid(), 'Guest ' || number, 'guest'
      from generate_series(1, ${count}) as number
      returning participant_id as id, name`);
    await tx.query(sql.typeAlias("nothing")`
      insert into sign_ins (school_id, sign_in_id, live_class_id, participant_id, expires_at)
      select school_id, participant_id, live_class_id, participant_id, now() + interval '1 hour'
      from live_class_participants where live_class_id = ${liveClassId} and role = 'guest'
      on conflict do nothing`);
    return guests.map(({ id, name }) => ({
      schoolId,
      participantId: id as ParticipantId,
      name,
      guestOf: liveClassId,
    }));
  });
}
