import { type AuditAction, type SchoolTransaction, sql } from "@darasa/database";
import * as z from "zod";
import { auditEventSchema, type AuditEvent } from "./auditEvent.ts";

/** Which entries are asked for; newest first, at most `limit`, those older than `before`. */
export interface AuditQuery {
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly action?: AuditAction | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
}

const rowSchema = z.object({
  ...auditEventSchema.shape,
  // An act that this program does not know was written by a newer one: shown, never refused.
  action: z.string().transform((action) => action as AuditAction),
});

/** Entries of the school's log with the names that their subjects have now. */
export async function loadAuditEvents(
  tx: SchoolTransaction,
  query: AuditQuery,
): Promise<readonly AuditEvent[]> {
  return tx.any(sql.type(rowSchema)`
    select e.event_id as id, e.at as "atMs",
      json_build_object('id', e.actor_id, 'name', e.actor_name) as actor, e.action, e.details,
      case when e.subject_id is not null then json_build_object(
        'kind', e.subject_kind, 'id', e.subject_id, 'name', ${subjectName}) end as subject,
      case when e.details ? 'userId' then json_build_object(
        'id', e.details->>'userId', 'name', (select name from users where user_id::text = e.details->>'userId')
      ) end as person
    from audit_events e
    where ${matches(query)}
    order by e.event_id desc
    limit ${query.limit}`);
}

const subjectName = sql.fragment`case e.subject_kind
  when 'user' then (select name from users where user_id = e.subject_id)
  when 'room' then (select name from rooms where room_id = e.subject_id)
  when 'liveClass' then (select title from live_classes where live_class_id = e.subject_id)
  when 'school' then (select name from schools where school_id = e.subject_id)
  when 'invitation' then (select email from invitations where invitation_id = e.subject_id)
  when 'guest' then (
    select name from live_class_participants where participant_id = e.subject_id limit 1
  ) end`;

function matches({ actor, subject, action, before }: AuditQuery) {
  const conditions = [
    sql.fragment`e.school_id = app_school_id()`,
    ...(actor === undefined ? [] : [sql.fragment`e.actor_id = ${actor}`]),
    ...(subject === undefined
      ? []
      : [sql.fragment`(e.subject_id = ${subject} or e.details->>'userId' = ${subject})`]),
    ...(action === undefined ? [] : [sql.fragment`e.action = ${action}`]),
    ...(before === undefined ? [] : [sql.fragment`e.event_id < ${before}`]),
  ];
  return sql.join(conditions, sql.fragment` and `);
}
