-- Recordings of classes: who is told, where they lie, and how long.

alter table schools
  -- Children are recorded: only where the school has said so.
  add column recordings text not null default 'forbidden' check (recordings in ('forbidden', 'allowed')),
  add column keep_recordings_days int not null default 90 check (keep_recordings_days between 1 and 3650);
grant update (recordings, keep_recordings_days) on schools to darasa_app;

alter table live_classes
  -- What everybody in the class is told; null: it is not recorded.
  add column recording text check (recording in ('on', 'paused')),
  add column recording_since timestamptz,
  add check ((recording is null) = (recording_since is null));

-- One recording of a class. Each pause ends a part of it, and going on begins the next.
create table recordings (
  school_id uuid not null,
  recording_id uuid not null default gen_random_uuid(),
  live_class_id uuid not null,
  started_by uuid not null,
  started_at timestamptz not null default clock_timestamp(),
  -- Null while it goes on or is paused.
  stopped_at timestamptz,
  primary key (school_id, recording_id),
  foreign key (school_id, live_class_id) references live_classes on delete cascade,
  foreign key (school_id, started_by) references users on delete cascade
);
create unique index one_recording_at_a_time on recordings (school_id, live_class_id) where stopped_at is null;
create index recordings_of_class on recordings (school_id, live_class_id);
create index recordings_by_age on recordings (school_id, started_at);
create index recordings_by_starter on recordings (school_id, started_by);

-- One file: what one Egress wrote.
create table recording_parts (
  school_id uuid not null,
  recording_id uuid not null,
  part_no int not null check (part_no between 1 and 1000),
  -- Where the file is: its path follows from the keys.
  storage text not null check (storage in ('disk', 's3')),
  -- Null until LiveKit has answered.
  egress_id text check (length(egress_id) between 1 and 200),
  state text not null default 'starting' check (state in ('starting', 'active', 'stored', 'failed')),
  asked_at timestamptz not null default clock_timestamp(),
  -- Since when LiveKit writes it.
  began_at timestamptz,
  duration_ms bigint check (duration_ms >= 0),
  bytes bigint check (bytes >= 0),
  primary key (school_id, recording_id, part_no),
  foreign key (school_id, recording_id) references recordings on delete cascade
);
create index recording_parts_unfinished on recording_parts (asked_at) where state in ('starting', 'active');

do $$
declare
  name text;
begin
  foreach name in array array['recordings', 'recording_parts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy of_one_school on %I to darasa_app using (school_id = app_school_id()) with check (school_id = app_school_id())',
      name
    );
    execute format('grant select, insert, delete on %I to darasa_app', name);
  end loop;
end
$$;
grant update (stopped_at) on recordings to darasa_app;
grant update (egress_id, state, began_at, duration_ms, bytes) on recording_parts to darasa_app;
grant update (recording, recording_since) on live_classes to darasa_app;

-- Classes that are over of which a file is not known to be whole yet: their media server is asked on.
create or replace function claim_media_classes(older_than interval) returns table (school_id uuid, live_class_id uuid)
  language sql security definer set search_path = public, pg_temp
as $$
  with due as (
    select d.school_id, d.live_class_id from live_classes d
    where (d.status = 'live' and d.video_provider = 'livekit'
        and (d.media_asked_at is null or d.media_asked_at <= now() - older_than))
      or (d.status = 'ended' and d.media_asked_at < d.ended_at)
      or (d.media_asked_at <= now() - older_than and (d.school_id, d.live_class_id) in (
        select r.school_id, r.live_class_id from recording_parts p
        join recordings r on (r.school_id, r.recording_id) = (p.school_id, p.recording_id)
        where p.state in ('starting', 'active')
      ))
    order by d.school_id, d.live_class_id
    for no key update skip locked
  )
  update live_classes c set media_asked_at = now()
  from due where (c.school_id, c.live_class_id) = (due.school_id, due.live_class_id)
  returning c.school_id, c.live_class_id
$$;
grant select, update (stopped_at) on recordings to darasa_batch;
grant select on recording_parts to darasa_batch;
create policy of_batches on recordings to darasa_batch using (true) with check (true);
create policy of_batches on recording_parts for select to darasa_batch using (true);

-- With the class, or with the media server that it leaves, its recording ends, whoever ends it.
grant create on schema public to darasa_batch;
create function stop_recording() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update recordings r set stopped_at = clock_timestamp()
    where (r.school_id, r.live_class_id) = (new.school_id, new.live_class_id) and r.stopped_at is null;
  new.recording = null;
  new.recording_since = null;
  return new;
end
$$;
alter function stop_recording() owner to darasa_batch;
revoke all on function stop_recording() from public;
revoke create on schema public from darasa_batch;
create trigger stop_recording before update of status, video_provider on live_classes
  for each row when (old.recording is not null and (new.status <> 'live' or new.video_provider <> old.video_provider))
  execute function stop_recording();

-- Whether a class is recorded belongs to what a gateway reads of who enters.

drop function read_access(uuid, uuid[], uuid[], uuid[], uuid[]);

-- What each of these is in a room, and in the live class of it that was named, or else in the one that runs. A room
-- that is none, or is archived, has no row.
create function read_access(
  of_school uuid, participant_ids uuid[], sign_in_ids uuid[], room_ids uuid[], live_class_ids uuid[]
) returns table (
  item int, room_kind text, head_seq float8, sign_in_ends_in_ms float8, may_not_talk boolean, user_name text,
  user_role text, member_role text, named_status text, admitted_name text, admitted_role text, draw_allowed boolean,
  is_removed boolean, running_id uuid, drawing text, chat_locked boolean, video text, first_seq float8, sources text[],
  presenter uuid, spotlight uuid, own_sources text[], recording text, recording_since_ms float8
)
  language plpgsql
  -- To plan it anew for each group takes longer than to carry it out.
  set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  perform set_config('app.school_id', of_school::text, true);
  return query
  select a.item::int, r.kind, r.last_seq::float8,
    (extract(epoch from s.expires_at - now()) * 1000)::float8,
    r.kind = 'direct' and coalesce(u.role, '') = 'student' and not c.student_direct_messages and exists (
      select from room_members o
      join users other on (other.school_id, other.user_id) = (o.school_id, o.user_id)
      where (o.school_id, o.room_id) = (r.school_id, r.room_id)
        and o.user_id <> u.user_id and other.role = 'student'
        and (r.direct_key is null or o.user_id::text = any(string_to_array(r.direct_key, ':')))
    ),
    u.name, u.role, m.role, named.status, p.name, p.role, p.draw_allowed, p.removed_at is not null,
    running.live_class_id, running.drawing, running.chat_locked, running.video_provider, running.first_seq::float8,
    running.sources, running.presenter_id, running.spotlight_id, p.sources, running.recording,
    (extract(epoch from running.recording_since) * 1000)::float8
  from unnest(participant_ids, sign_in_ids, room_ids, live_class_ids)
    with ordinality as a(participant_id, sign_in_id, room_id, live_class_id, item)
  join rooms r on (r.school_id, r.room_id) = (of_school, a.room_id) and r.archived_at is null
  join schools c on c.school_id = r.school_id
  left join users u
    on (u.school_id, u.user_id) = (r.school_id, a.participant_id) and u.deactivated_at is null
  left join sign_ins s
    on (s.school_id, s.sign_in_id) = (r.school_id, a.sign_in_id)
    and (s.user_id = u.user_id or s.participant_id = a.participant_id)
    and s.revoked_at is null and s.expires_at > now() and c.suspended_at is null
  left join room_members m
    on (m.school_id, m.room_id, m.user_id) = (r.school_id, r.room_id, u.user_id)
    and (m.until is null or m.until > now())
    and (r.direct_key is null or m.user_id::text = any(string_to_array(r.direct_key, ':')))
  left join live_classes named
    on (named.school_id, named.room_id, named.live_class_id) = (r.school_id, r.room_id, a.live_class_id)
  left join live_classes running
    on (running.school_id, running.room_id, running.status) = (r.school_id, r.room_id, 'live')
  left join live_class_participants p
    on (p.school_id, p.live_class_id, p.participant_id) =
      (r.school_id, coalesce(a.live_class_id, running.live_class_id), a.participant_id)
    and p.admitted_at is not null;
end
$$;

revoke all on function read_access(uuid, uuid[], uuid[], uuid[], uuid[]) from public;
grant execute on function read_access(uuid, uuid[], uuid[], uuid[], uuid[]) to darasa_app;
