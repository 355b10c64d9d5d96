import { sql, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId } from "@darasa/protocol";
import * as z from "zod";

/** One room of a media server, from its start to its end, and the class that is held in it. */
export interface MediaHall {
  readonly source: "livekit" | "jitsi";
  readonly liveClassId: LiveClassId;
  readonly holderId: string;
}

/** A stay that began so short a time before a look may not be in its answer: the clocks are two. */
export const youngStayMs = 10_000;

/** Somebody's stay in a room of a media server. */
export interface MediaStay {
  readonly participantId: string;
  readonly sessionId: string;
  readonly joinedAtMs: number;
  /** When the media server last told that they were there; their leaving, if it told that. */
  readonly seenAtMs: number;
  readonly hasLeft: boolean;
}

/**
 * Writes down what a media server told of these stays, of people who were let into the class: whatever comes twice, or
 * a leaving before its coming, gives the same rows. Who was thought to have left earlier goes on from there. What a
 * media server dates by a clock of its own is held between what is known by Postgres': nobody was there before they were
 * let in, nobody left before they were last seen there, and what it dates later than now happened when it was told.
 */
export async function storeStays(
  tx: SchoolTransaction,
  hall: MediaHall,
  stays: readonly MediaStay[],
): Promise<void> {
  if (stays.length === 0) return;
  const { source, liveClassId, holderId } = hall;
  await tx.query(sql.typeAlias("nothing")`
    with told as (${toldOf(hall, stays)}), words as (
      -- The first word of their coming stands: by a clock that is ahead the next would be another.
      select t.participant_id, t.session_id, 'joined' as kind, t.joined_at as at
      from told t
      where not exists (
        select from attendance_events e where e.live_class_id = ${liveClassId} and e.kind = 'joined'
          and (e.participant_id, e.session_id) = (t.participant_id, t.session_id)
      )
      union
      -- A moment later, since they may be thought to have left in that of their coming.
      select t.participant_id, t.session_id, 'joined', e.at + interval '1 millisecond'
      from told t
      join attendance_events e on e.live_class_id = ${liveClassId} and e.kind = 'left'
        and (e.participant_id, e.session_id) = (t.participant_id, t.session_id)
        and e.at < t.seen_at
      union
      select participant_id, session_id, 'left', seen_at from told where has_left
    )
    insert into attendance_events
      (school_id, live_class_id, participant_id, session_id, kind, at, source, holder_id)
    select app_school_id(), ${liveClassId}::uuid, participant_id, session_id, kind, at, ${source}, ${holderId}::uuid
    from words
    on conflict do nothing`);
}

/** The stays of people who were let in, by Postgres' clock as far as it knows better. */
function toldOf({ liveClassId, holderId }: MediaHall, stays: readonly MediaStay[]) {
  const iso = (ms: number) => new Date(ms).toISOString();
  const rows = stays.map(({ participantId, sessionId, joinedAtMs, seenAtMs, hasLeft }) => [
    participantId,
    sessionId,
    iso(joinedAtMs),
    iso(Math.max(seenAtMs, joinedAtMs)),
    hasLeft,
  ]);
  // The greatest and the least are of what is not null.
  return sql.fragment`
    select t.participant_id, t.session_id, t.has_left,
      greatest(least(t.joined_at, clock.at), p.admitted_at) as joined_at,
      greatest(least(t.seen_at, clock.at), p.admitted_at, o.at, b.at) as seen_at
    from ${sql.unnest(rows, ["uuid", "uuid", "timestamptz", "timestamptz", "bool"])}
      as t(participant_id, session_id, joined_at, seen_at, has_left)
    cross join (select clock_timestamp() as at) clock
    join live_class_participants p
      on p.live_class_id = ${liveClassId} and p.participant_id = t.participant_id
      and p.admitted_at is not null
    left join lateral (
      select max(e.at) as at,
        count(*) filter (where e.kind = 'joined') > count(*) filter (where e.kind = 'left') as is_open
      from attendance_events e
      where e.live_class_id = ${liveClassId}
        and (e.participant_id, e.session_id) = (t.participant_id, t.session_id)
    ) o on t.has_left
    -- Of a stay that is younger a look does not say whether they were there.
    left join attendance_beats b on o.is_open and b.live_class_id = ${liveClassId}
      and b.holder_id = ${holderId} and b.at > o.at + make_interval(secs => ${youngStayMs / 1000})`;
}

/** Who of those thought to be there is to have left. */
interface Closing extends Pick<MediaHall, "source" | "liveClassId"> {
  /** The stays that go on. */
  readonly except: readonly string[];
  /** Those that began later are left alone: their word may have been under way. */
  readonly begunBeforeMs: number;
}

/** Closes the open stays of the class but these, each at the moment when it was last seen to go on. */
export async function closeStays(tx: SchoolTransaction, closing: Closing): Promise<void> {
  const { source, liveClassId, except, begunBeforeMs } = closing;
  await tx.query(sql.typeAlias("nothing")`
    insert into attendance_events
      (school_id, live_class_id, participant_id, session_id, kind, at, source, holder_id)
    select app_school_id(), ${liveClassId}::uuid, o.participant_id, o.session_id, 'left',
      greatest(o.last_at, b.at), ${source}, o.holder_id
    from (
      select participant_id, session_id, (array_agg(holder_id))[1] as holder_id, max(at) as last_at
      from attendance_events where live_class_id = ${liveClassId} and source = ${source}
      group by participant_id, session_id
      having count(*) filter (where kind = 'joined') > count(*) filter (where kind = 'left')
    ) o
    left join attendance_beats b on b.live_class_id = ${liveClassId} and b.holder_id = o.holder_id
    where o.last_at < ${sql.timestamp(new Date(begunBeforeMs))}
      and not (o.session_id = any(${sql.array([...except], "uuid")}))
    on conflict do nothing`);
}

/** From now on it is known that all who have not left that room were there at that moment, or now if that is to come. */
export async function storeBeat(
  tx: SchoolTransaction,
  { liveClassId, holderId }: MediaHall,
  atMs: number,
): Promise<void> {
  const at = sql.timestamp(new Date(atMs));
  await tx.query(sql.typeAlias("nothing")`
    insert into attendance_beats as b (school_id, live_class_id, holder_id, at)
    values (app_school_id(), ${liveClassId}, ${holderId}, least(${at}, clock_timestamp()))
    on conflict (school_id, live_class_id, holder_id) do update set at = excluded.at
      where b.at < excluded.at`);
}

const idSchema = z.object({ id: z.string() });

/** Notes the webhook's id; false when it came before. */
export async function isFirstWebhook(
  tx: SchoolTransaction,
  provider: MediaHall["source"],
  eventId: string,
): Promise<boolean> {
  const noted = await tx.maybeOneFirst(sql.type(idSchema)`
    insert into webhook_events (school_id, provider, event_id)
    values (app_school_id(), ${provider}, ${eventId})
    on conflict do nothing returning event_id as id`);
  return noted !== null;
}
