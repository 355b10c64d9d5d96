-- To be forgotten, and to be kept no longer than the school says. The numbering of messages stays whole: what is
-- erased leaves its place. Nothing here reaches beyond the school of the transaction.

alter table users
  drop constraint users_name_check,
  add constraint users_name_check check (length(name) <= 60 and (length(name) >= 1 or erased_at is not null));

alter table live_class_participants
  add column erased_at timestamptz,
  drop constraint live_class_participants_name_check,
  add constraint live_class_participants_name_check
    check (length(name) <= 60 and (length(name) >= 1 or erased_at is not null));

create index live_class_participants_by_participant on live_class_participants (school_id, participant_id);

-- What a gateway or another process still had in its hands when somebody was erased may arrive a moment later,
-- and a process may die in between: who stands here is erased again, until nothing was found for a while.
create table pending_erasures (
  school_id uuid not null references schools on delete cascade,
  participant_id uuid not null,
  asked_at timestamptz not null,
  primary key (school_id, participant_id)
);
alter table pending_erasures enable row level security;
alter table pending_erasures force row level security;
create policy of_one_school on pending_erasures to darasa_app
  using (school_id = app_school_id()) with check (school_id = app_school_id());
grant select, insert, update, delete on pending_erasures to darasa_app;

-- Older messages are tombstones, so that the daily job reads each once.
alter table rooms add column kept_from_seq bigint not null default 1;
-- The register of the class is gone, by the school's rule.
alter table live_classes add column attendance_removed_at timestamptz;
create index live_classes_with_attendance on live_classes (school_id, ended_at) where attendance_removed_at is null;
create index audit_events_by_time on audit_events (school_id, at);
create index audit_events_by_actor on audit_events (school_id, actor_id) where actor_id is not null;

-- Two students talk to each other alone only while their school lets them; of a pair of which one is gone the other may
-- still read what was said.
create function is_room_open(of_kind text, of_room uuid) returns boolean
  language sql stable set search_path = public, pg_temp
as $$
  select of_kind <> 'direct' or (select s.student_direct_messages from schools s where s.school_id = app_school_id())
    or (
      select count(*) < 2 or not bool_and(u.role = 'student') from room_members m
      join users u on (u.school_id, u.user_id) = (m.school_id, m.user_id)
      where (m.school_id, m.room_id) = (app_school_id(), of_room)
    )
$$;

grant create on schema public to darasa_batch;
grant update (body, sender_name, client_id, erased_at) on chat_messages to darasa_batch;
grant update (kept_from_seq) on rooms to darasa_batch;
grant delete on board_updates to darasa_batch;
grant select, update (actor_name, details) on audit_events to darasa_batch;
create policy of_batches on audit_events to darasa_batch using (true) with check (true);
grant select on pending_erasures to darasa_batch;
create policy of_batches on pending_erasures for select to darasa_batch using (true);

-- Erases at most `batch` messages of one sender; gives the rooms that they were in, and how many.
create function erase_messages_of(person uuid, at timestamptz, batch int)
  returns table (room_id uuid, erased int)
  language sql security definer set search_path = public, pg_temp
as $$
  with chosen as (
    select m.room_id, m.seq from chat_messages m
    where m.school_id = app_school_id() and m.sender_id = person and m.erased_at is null
    order by m.room_id, m.seq limit batch for no key update
  ), erased as (
    update chat_messages m
    set body = '', sender_name = '', client_id = 'erased:' || m.seq, erased_at = at
    from chosen c
    where m.school_id = app_school_id() and (m.room_id, m.seq) = (c.room_id, c.seq)
    returning m.room_id
  )
  select e.room_id, count(*)::int from erased e group by e.room_id
$$;

-- Erases the room's messages from before `before`, the oldest first: at most `batch`. Gives how many it looked at;
-- fewer than `batch`: there are no more.
create function erase_messages_before(of_room uuid, before timestamptz, at timestamptz, batch int) returns int
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  first_seq bigint;
  looked_at int;
begin
  select r.kept_from_seq into first_seq from rooms r
    where (r.school_id, r.room_id) = (app_school_id(), of_room) for no key update;
  if first_seq is null then return 0; end if;

  with page as (
    select m.seq, m.sent_at from chat_messages m
    where (m.school_id, m.room_id) = (app_school_id(), of_room) and m.seq >= first_seq
    order by m.seq limit batch
  ), old as (
    -- Up to the first that is young enough: they were stored in the order of their numbers.
    select p.seq from page p
    where p.seq < coalesce((select min(y.seq) from page y where y.sent_at >= before), p.seq + 1)
  ), erased as (
    update chat_messages m
    set body = '', sender_name = '', client_id = 'erased:' || m.seq, erased_at = at
    from old o
    where (m.school_id, m.room_id, m.seq) = (app_school_id(), of_room, o.seq) and m.erased_at is null
  ), moved as (
    update rooms r set kept_from_seq = o.last_seq + 1
    from (select max(old.seq) as last_seq from old) o
    where (r.school_id, r.room_id) = (app_school_id(), of_room) and o.last_seq is not null
  )
  select count(*)::int into looked_at from old;
  return looked_at;
end
$$;

-- Takes at most `batch` updates of a board that is about to be deleted; gives how many.
create function delete_board_updates(of_board uuid, batch int) returns int
  language sql security definer set search_path = public, pg_temp
as $$
  with deleted as (
    delete from board_updates u using (
      select d.update_id from board_updates d
      where (d.school_id, d.board_id) = (app_school_id(), of_board) limit batch
    ) chosen
    where (u.school_id, u.board_id, u.update_id) = (app_school_id(), of_board, chosen.update_id)
    returning 1
  )
  select count(*)::int from deleted
$$;

-- The log keeps who did what by their id; the name of somebody who was erased, and reasons that were written
-- about them, go.
create function erase_audit_names(person uuid, batch int) returns int
  language sql security definer set search_path = public, pg_temp
as $$
  with chosen as (
    select a.event_id from audit_events a
    where a.school_id = app_school_id() and (
      (a.actor_id = person and a.actor_name <> '') or (a.subject_id = person and a.details ? 'reason'))
    limit batch
  ), erased as (
    update audit_events a set
      actor_name = case when a.actor_id = person then '' else a.actor_name end,
      details = case when a.subject_id = person then a.details - 'reason' else a.details end
    from chosen c where (a.school_id, a.event_id) = (app_school_id(), c.event_id)
    returning 1
  )
  select count(*)::int from erased
$$;

-- Schools where something is due: substitutes whose time is over, erasures to be finished, and those whose daily
-- clearing last ran before `ran_before`.
create function list_due_schools(at timestamptz, ran_before timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
as $$
  select s.school_id from schools s
  where coalesce(s.retention_ran_at, '-infinity') < ran_before
    or exists (select from room_members m where m.school_id = s.school_id and m.until <= at)
    or exists (select from pending_erasures p where p.school_id = s.school_id)
  order by s.school_id
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'erase_messages_of(uuid, timestamptz, int)', 'erase_messages_before(uuid, timestamptz, timestamptz, int)',
    'delete_board_updates(uuid, int)', 'erase_audit_names(uuid, int)', 'list_due_schools(timestamptz, timestamptz)'
  ] loop
    execute format('alter function %s owner to darasa_batch', signature);
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to darasa_app', signature);
  end loop;
end
$$;
revoke create on schema public from darasa_batch;
