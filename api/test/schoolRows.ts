import { sql } from "@darasa/database";
import * as z from "zod";
import type { TestApi } from "./testApi.ts";

const mailSchema = z.object({ subject: z.string(), body: z.string() });

/** The mails to an address of the demo school, oldest first. */
export function mailsTo(api: TestApi, email: string) {
  return api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.type(mailSchema)`
      select subject, body from mails where recipient = ${email} order by created_at, mail_id`),
  );
}

/** The token in the last link to that page that was mailed to the address; empty without one. */
export async function mailedToken(
  api: TestApi,
  email: string,
  page: "verify" | "reset",
): Promise<string> {
  const mails = await mailsTo(api, email);
  const bodies = mails.map(({ body }) => body).join("\n");
  return [...bodies.matchAll(new RegExp(`/${page}#([\\w.-]+)`, "g"))].at(-1)?.[1] ?? "";
}

const eventSchema = z.object({
  action: z.string(),
  actorId: z.string().nullable(),
  subjectId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

/** What the audit log says of somebody, oldest first. */
export function auditOf(api: TestApi, subjectId: string) {
  return api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.type(eventSchema)`
      select action, actor_id as "actorId", subject_id as "subjectId", details
      from audit_events where subject_id = ${subjectId} order by event_id`),
  );
}

/** The person's address has never been shown to be theirs. */
export async function unverify(api: TestApi, userId: string): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update users set email_verified_at = null where user_id = ${userId}`),
  );
}

/** The operator closes the school, or opens it again. */
export async function suspend(api: TestApi, isSuspended: boolean): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      select govern_school(${api.db.schoolId}, null, null, null, null, ${isSuspended})`),
  );
}
