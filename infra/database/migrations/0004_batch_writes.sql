-- Group commits span schools: the one exception to "a transaction has one school". Each is one function,
-- owned by a role that nobody can log in as, and the writer may do nothing but execute them. They return an outcome
-- per row, so that one bad row never fails another school's.

grant select, update (last_seq) on rooms to darasa_batch;
grant select, update (status, ended_at, end_reason, teacher_seen_at) on live_classes to darasa_batch;
grant select on live_class_participants, room_members, boards to darasa_batch;
grant select, insert on chat_messages, board_updates, attendance_events to darasa_batch;

create policy of_batches on rooms to darasa_batch using (true) with check (true);
create policy of_batches on live_classes to darasa_batch using (true) with check (true);
create policy of_batches on live_class_participants for select to darasa_batch using (true);
create policy of_batches on room_members for select to darasa_batch using (true);
create policy of_batches on boards for select to darasa_batch using (true);
create policy of_batches on chat_messages to darasa_batch using (true) with check (true);
create policy of_batches on board_updates to darasa_batch using (true) with check (true);
create policy of_batches on attendance_events to darasa_batch using (true) with check (true);

-- To own a function a role needs this on its schema; taken back at the end.
grant create on schema public to darasa_batch;

-- Takes parallel arrays, one element a message. Outcome: stored | not_found | chat_locked | class_ended |
-- removed | invalid. A resend (same room, sender and client id) gets the first one's seq: exactly-once effect.
create function append_chat_messages(
  school_ids uuid[], room_ids uuid[], live_class_ids uuid[], sender_ids uuid[],
  sender_names text[], sender_roles text[], client_ids text[], bodies text[]
) returns table (item int, outcome text, seq bigint, message_id uuid, sent_at timestamptz)
  language plpgsql security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
  -- In one order always, so that two batches never wait for each other in a circle.
  perform 1 from rooms r
    where (r.school_id, r.room_id) in (select * from unnest(school_ids, room_ids))
    order by r.school_id, r.room_id for no key update;

  return query
  with sent as (
    select s.*
    from unnest(school_ids, room_ids, live_class_ids, sender_ids, sender_names, sender_roles, client_ids, bodies)
      with ordinality as s(school_id, room_id, live_class_id, sender_id, sender_name, sender_role, client_id, body, item)
  ), judged as (
    select s.*, r.last_seq, old.seq as old_seq, old.message_id as old_id, old.sent_at as old_sent_at,
      case
        when old.seq is not null then 'stored'
        when r.room_id is null then 'not_found'
        when octet_length(s.body) not between 1 and 8192 or length(s.client_id) not between 1 and 64
          or length(s.sender_name) not between 1 and 60 then 'invalid'
        when s.live_class_id is null then 'stored'
        when c.live_class_id is null then 'not_found'
        when c.status <> 'live' then 'class_ended'
        when p.removed_at is not null then 'removed'
        when c.chat_locked and s.sender_role <> 'teacher' then 'chat_locked'
        else 'stored'
      end as verdict
    from sent s
    left join rooms r on (r.school_id, r.room_id) = (s.school_id, s.room_id)
    left join live_classes c
      on (c.school_id, c.live_class_id, c.room_id) = (s.school_id, s.live_class_id, s.room_id)
    left join live_class_participants p
      on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, s.live_class_id, s.sender_id)
    left join chat_messages old
      on (old.school_id, old.room_id, old.sender_id, old.client_id) = (s.school_id, s.room_id, s.sender_id, s.client_id)
  ), firsts as (
    -- One batch may hold the same message twice, too.
    select distinct on (j.school_id, j.room_id, j.sender_id, j.client_id) j.*
    from judged j where j.verdict = 'stored' and j.old_seq is null
    order by j.school_id, j.room_id, j.sender_id, j.client_id, j.item
  ), numbered as (
    select f.*, f.last_seq + row_number() over (partition by f.school_id, f.room_id order by f.item) as new_seq
    from firsts f
  ), written as (
    insert into chat_messages (school_id, room_id, seq, client_id, sender_id, sender_name, live_class_id, body)
    select school_id, room_id, new_seq, client_id, sender_id, sender_name, live_class_id, body from numbered
    returning school_id, room_id, seq, message_id, sender_id, client_id, sent_at
  ), counted as (
    update rooms r set last_seq = n.top
    from (select school_id, room_id, max(new_seq) as top from numbered group by 1, 2) n
    where (r.school_id, r.room_id) = (n.school_id, n.room_id)
  )
  select j.item::int, j.verdict, coalesce(j.old_seq, w.seq), coalesce(j.old_id, w.message_id),
    coalesce(j.old_sent_at, w.sent_at)
  from judged j
  left join written w
    on (w.school_id, w.room_id, w.sender_id, w.client_id) = (j.school_id, j.room_id, j.sender_id, j.client_id)
    and j.verdict = 'stored'
  order by j.item;
end
$$;

-- Outcome per update: stored | not_found.
create function append_board_updates(school_ids uuid[], board_ids uuid[], bodies bytea[])
  returns table (item int, outcome text)
  language sql security definer set search_path = public, pg_temp
as $$
  with sent as (
    select s.*, b.board_id is not null as known
    from unnest(school_ids, board_ids, bodies) with ordinality as s(school_id, board_id, body, item)
    left join boards b on (b.school_id, b.board_id) = (s.school_id, s.board_id)
  ), written as (
    insert into board_updates (school_id, board_id, body)
    select school_id, board_id, body from sent where known order by item
  )
  select item::int, case when known then 'stored' else 'not_found' end from sent order by item
$$;

-- Idempotent; rows of unknown participants are left out. A teacher's presence keeps the class alive.
create function record_attendance(
  school_ids uuid[], live_class_ids uuid[], participant_ids uuid[], session_ids uuid[],
  kinds text[], ats timestamptz[]
) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  with sent as (
    select s.*, p.role
    from unnest(school_ids, live_class_ids, participant_ids, session_ids, kinds, ats)
      as s(school_id, live_class_id, participant_id, session_id, kind, at)
    join live_class_participants p
      on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, s.live_class_id, s.participant_id)
  ), teachers as (
    update live_classes c set teacher_seen_at = greatest(c.teacher_seen_at, t.at)
    from (select school_id, live_class_id, max(at) as at from sent where role = 'teacher' group by 1, 2) t
    where (c.school_id, c.live_class_id) = (t.school_id, t.live_class_id) and c.status = 'live'
  )
  insert into attendance_events (school_id, live_class_id, participant_id, session_id, kind, at)
  select school_id, live_class_id, participant_id, session_id, kind, at from sent
  on conflict do nothing
$$;

-- Ends the running classes that no teacher was seen in for `idle`, tells the gateways in the same
-- transaction, and returns how many there were.
create function end_abandoned_live_classes(idle interval) returns int
  language sql security definer set search_path = public, pg_temp
as $$
  with ended as (
    update live_classes set status = 'ended', ended_at = now(), end_reason = 'no_teacher'
    where status = 'live' and coalesce(teacher_seen_at, started_at) < now() - idle
    returning school_id, room_id, live_class_id
  ), told as (
    select pg_notify('darasa_control', json_build_object(
      'kind', 'liveClassEnded', 'schoolId', school_id, 'roomId', room_id,
      'liveClassId', live_class_id, 'reason', 'no_teacher')::text)
    from ended
  )
  select count(*)::int from told
$$;

-- What must be known before a school can be set.
grant select (school_id, slug, name) on schools to darasa_batch;
create policy of_batches on schools for select to darasa_batch using (true);

create function find_school_by_slug(wanted text) returns table (school_id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp
as $$ select s.school_id, s.name from schools s where s.slug = wanted $$;

create function find_live_class_by_code(wanted text) returns table (school_id uuid, live_class_id uuid)
  language sql stable security definer set search_path = public, pg_temp
as $$ select c.school_id, c.live_class_id from live_classes c where c.code = wanted and c.status <> 'ended' $$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'append_chat_messages(uuid[], uuid[], uuid[], uuid[], text[], text[], text[], text[])',
    'append_board_updates(uuid[], uuid[], bytea[])',
    'record_attendance(uuid[], uuid[], uuid[], uuid[], text[], timestamptz[])',
    'end_abandoned_live_classes(interval)',
    'find_school_by_slug(text)',
    'find_live_class_by_code(text)'
  ] loop
    execute format('alter function %s owner to darasa_batch', signature);
    execute format('revoke all on function %s from public', signature);
  end loop;
end
$$;
grant execute on function append_chat_messages(uuid[], uuid[], uuid[], uuid[], text[], text[], text[], text[]) to darasa_writer;
grant execute on function append_board_updates(uuid[], uuid[], bytea[]) to darasa_writer;
grant execute on function record_attendance(uuid[], uuid[], uuid[], uuid[], text[], timestamptz[]) to darasa_writer;
grant execute on function end_abandoned_live_classes(interval) to darasa_app;
grant execute on function find_school_by_slug(text) to darasa_app;
grant execute on function find_live_class_by_code(text) to darasa_app;

revoke create on schema public from darasa_batch;
