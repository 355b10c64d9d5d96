import { sql } from "@darasa/database";
import type { GuestPolicy } from "../src/guests/invitation.ts";
import type { TestApi } from "./testApi.ts";

/** What the demo school does with guests from now on. */
export async function setGuestPolicy(api: TestApi, policy: GuestPolicy): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`update schools set guest_policy = ${policy}`),
  );
}
