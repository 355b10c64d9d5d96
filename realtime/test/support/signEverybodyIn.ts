import { asSuperuser, type TestDatabase } from "@darasa/database/testing";

/** Gives every account and guest a sign-in for an hour, under the id that they have themselves. */
export async function signEverybodyIn(database: TestDatabase): Promise<void> {
  await asSuperuser(
    database,
    `insert into sign_ins (school_id, sign_in_id, user_id, expires_at)
     select school_id, user_id, user_id, now() + interval '1 hour' from users
     on conflict do nothing`,
  );
  await asSuperuser(
    database,
    `insert into sign_ins (school_id, sign_in_id, live_class_id, participant_id, expires_at)
     select school_id, participant_id, live_class_id, participant_id, now() + interval '1 hour'
     from live_class_participants where role = 'guest'
     on conflict do nothing`,
  );
}
