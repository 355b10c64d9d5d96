-- Who is there and says nothing costs nothing: a gateway writes down who comes and who goes, and of all whom it holds
-- in a class together, every half minute, that it holds them still. A row that names its holder opens a stay of that
-- holder's: until its `left`, or as long as the holder says so.
alter table attendance_events add column holder_id uuid;
-- As the other columns: what media servers tell of may have one, too.
grant insert (holder_id) on attendance_events to darasa_app;

create table attendance_beats (
  school_id uuid not null,
  live_class_id uuid not null,
  -- One gateway, from one moment on at which it knew everybody: whoever has forgotten somebody begins under another id.
  holder_id uuid not null,
  at timestamptz not null,
  primary key (school_id, live_class_id, holder_id),
  foreign key (school_id, live_class_id) references live_classes on delete cascade
);
alter table attendance_beats enable row level security;
alter table attendance_beats force row level security;
create policy of_one_school on attendance_beats to darasa_app
  using (school_id = app_school_id()) with check (school_id = app_school_id());
create policy of_batches on attendance_beats to darasa_batch using (true) with check (true);
grant select on attendance_beats to darasa_app;
grant select, insert, update (at) on attendance_beats to darasa_batch;

grant create on schema public to darasa_batch;

create function record_attendance(
  school_ids uuid[], live_class_ids uuid[], participant_ids uuid[], session_ids uuid[],
  kinds text[], ats timestamptz[], holder_ids uuid[]
) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  select from live_classes c
    where c.status = 'live' and (c.school_id, c.live_class_id) in (
      select p.school_id, p.live_class_id
      from unnest(school_ids, live_class_ids, participant_ids) as s(school_id, live_class_id, participant_id)
      join live_class_participants p
        on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, s.live_class_id, s.participant_id)
      where p.role = 'teacher')
    order by c.school_id, c.live_class_id for no key update;

  with sent as (
    select s.*, p.role
    from unnest(school_ids, live_class_ids, participant_ids, session_ids, kinds, ats, holder_ids)
      as s(school_id, live_class_id, participant_id, session_id, kind, at, holder_id)
    join live_class_participants p
      on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, s.live_class_id, s.participant_id)
  ), teachers as (
    update live_classes c set teacher_seen_at = greatest(c.teacher_seen_at, now())
    from (select distinct school_id, live_class_id from sent where role = 'teacher') t
    where (c.school_id, c.live_class_id) = (t.school_id, t.live_class_id) and c.status = 'live'
  )
  insert into attendance_events (school_id, live_class_id, participant_id, session_id, kind, at, holder_id)
  select school_id, live_class_id, participant_id, session_id, kind, at, holder_id from sent
  on conflict do nothing
$$;

-- Gateways of before name no holder, and say of everybody that they are seen.
create or replace function record_attendance(
  school_ids uuid[], live_class_ids uuid[], participant_ids uuid[], session_ids uuid[],
  kinds text[], ats timestamptz[]
) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  select record_attendance(
    school_ids, live_class_ids, participant_ids, session_ids, kinds, ats, '{}'::uuid[])
$$;

-- Idempotent, and never backwards; classes that are gone are left out. In one order, so that two batches never wait
-- for each other in a circle.
create function record_attendance_beats(
  school_ids uuid[], live_class_ids uuid[], holder_ids uuid[], ats timestamptz[]
) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  insert into attendance_beats as b (school_id, live_class_id, holder_id, at)
  select s.school_id, s.live_class_id, s.holder_id, max(s.at)
  from unnest(school_ids, live_class_ids, holder_ids, ats) as s(school_id, live_class_id, holder_id, at)
  join live_classes c on (c.school_id, c.live_class_id) = (s.school_id, s.live_class_id)
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (school_id, live_class_id, holder_id) do update set at = excluded.at where b.at < excluded.at
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'record_attendance(uuid[], uuid[], uuid[], uuid[], text[], timestamptz[], uuid[])',
    'record_attendance_beats(uuid[], uuid[], uuid[], timestamptz[])'
  ] loop
    execute format('alter function %s owner to darasa_batch', signature);
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to darasa_writer', signature);
  end loop;
end
$$;

revoke create on schema public from darasa_batch;
