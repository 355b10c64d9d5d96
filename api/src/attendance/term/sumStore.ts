import { sql, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId, ParticipantId, RoomId } from "@darasa/protocol";
import * as z from "zod";
import type { ClassSums, SumsRow } from "./parseSums.ts";

/** A stretch of a school year, epoch ms; `toMs` is not in it. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

const termClassSchema = z.object({
  id: z.string().transform((id) => id as LiveClassId),
  title: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  isSummed: z.boolean(),
});

/** A class of a term, over, whose register is kept. */
export type TermClass = z.infer<typeof termClassSchema>;

const at = (ms: number) => sql.timestamp(new Date(ms));

/** The classes of a room that began in the stretch and are over, the latest first; those whose registers were removed are not. */
export async function loadTermClasses(
  tx: SchoolTransaction,
  roomId: RoomId,
  { fromMs, toMs, limit }: Stretch & { readonly limit: number },
): Promise<readonly TermClass[]> {
  return tx.any(sql.type(termClassSchema)`
    select c.live_class_id as id, c.title, c.started_at as "startedAtMs", c.ended_at as "endedAtMs",
      s.live_class_id is not null as "isSummed"
    from live_classes c
    left join attendance_sums s on (s.school_id, s.live_class_id) = (c.school_id, c.live_class_id)
    where c.room_id = ${roomId} and c.started_at >= ${at(fromMs)} and c.started_at < ${at(toMs)}
      and c.status = 'ended' and c.ended_at is not null and c.attendance_removed_at is null
    order by c.started_at desc, c.live_class_id limit ${limit}`);
}

/** As text, since checking and parsing rows one by one would take longer than all the rest. */
const sumsRowSchema = z.object({
  id: z.string(),
  people: z.string(),
  cameAfterMs: z.string(),
  presentMs: z.string(),
});

/** The stored sums of these classes as they are stored, for `parseSums`. */
export function loadSumRows(
  tx: SchoolTransaction,
  ids: readonly string[],
): Promise<readonly SumsRow[]> {
  return tx.any(sql.type(sumsRowSchema)`
    select live_class_id as id, array_to_string(participant_ids, ',') as people,
      array_to_string(came_after_ms, ',') as "cameAfterMs", array_to_string(present_ms, ',') as "presentMs"
    from attendance_sums where live_class_id = any(${sql.array([...ids], "uuid")})`);
}

const ownSumSchema = z.object({
  id: z.string(),
  cameAfterMs: z.number(),
  presentMs: z.number(),
});

/** One student's stored sums in these classes, by class. */
export async function loadOwnSums(
  tx: SchoolTransaction,
  ids: readonly string[],
  participantId: ParticipantId,
): Promise<ReadonlyMap<string, ClassSums>> {
  const rows = await tx.any(sql.type(ownSumSchema)`
    select live_class_id as id, came_after_ms[place] as "cameAfterMs", present_ms[place] as "presentMs"
    from attendance_sums
    cross join lateral (select array_position(participant_ids, ${participantId}::uuid) as place) found
    where live_class_id = any(${sql.array([...ids], "uuid")}) and place is not null`);
  return new Map(rows.map(({ id, ...sum }) => [id, new Map([[participantId as string, sum]])]));
}

const heldSchema = z.object({ isSummed: z.boolean(), isSettled: z.boolean() });

/**
 * Holds a class that is over until the transaction ends, so that nothing is written of it meanwhile. It is settled a minute after
 * its end: whoever writes later than that knows that it is over, and waits. One whose register was removed meanwhile
 * never is.
 */
export function holdEndedClass(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<z.infer<typeof heldSchema>> {
  return tx.one(sql.type(heldSchema)`
    select exists (select from attendance_sums s where s.live_class_id = c.live_class_id) as "isSummed",
      c.ended_at < now() - interval '1 minute' and c.attendance_removed_at is null as "isSettled"
    from live_classes c where c.live_class_id = ${id} for no key update`);
}

const studentSchema = z.object({ id: z.string() });

/** Who was let into the class as a student. */
export async function loadStudentIds(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<ReadonlySet<string>> {
  const ids = await tx.anyFirst(sql.type(studentSchema)`
    select participant_id as id from live_class_participants
    where live_class_id = ${id} and role = 'student' and admitted_at is not null`);
  return new Set(ids);
}

/** Stores what was summed; what another process has stored meanwhile is the same. */
export async function storeSums(
  tx: SchoolTransaction,
  id: LiveClassId,
  sums: ClassSums,
): Promise<void> {
  const values = [...sums.values()];
  await tx.query(sql.typeAlias("nothing")`
    insert into attendance_sums (school_id, live_class_id, participant_ids, came_after_ms, present_ms)
    values (app_school_id(), ${id}, ${sql.array([...sums.keys()], "uuid")},
      ${sql.array(
        values.map(({ cameAfterMs }) => Math.round(cameAfterMs)),
        "int4",
      )},
      ${sql.array(
        values.map(({ presentMs }) => Math.round(presentMs)),
        "int4",
      )})
    on conflict do nothing`);
}
