-- A class lives by the database's clock alone: that of a gateway's machine may be minutes off, and would end
-- classes under their teachers, or keep them for ever. What a gateway could not write for a while counts as seen
-- now: the class then lives a little longer, never shorter. Classes are locked in one order, as rooms are, so
-- that two batches, or a batch and the sweep below, never wait for each other in a circle.
create or replace function record_attendance(
  school_ids uuid[], live_class_ids uuid[], participant_ids uuid[], session_ids uuid[],
  kinds text[], ats timestamptz[]
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
    from unnest(school_ids, live_class_ids, participant_ids, session_ids, kinds, ats)
      as s(school_id, live_class_id, participant_id, session_id, kind, at)
    join live_class_participants p
      on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, s.live_class_id, s.participant_id)
  ), teachers as (
    update live_classes c set teacher_seen_at = greatest(c.teacher_seen_at, now())
    from (select distinct school_id, live_class_id from sent where role = 'teacher') t
    where (c.school_id, c.live_class_id) = (t.school_id, t.live_class_id) and c.status = 'live'
  )
  insert into attendance_events (school_id, live_class_id, participant_id, session_id, kind, at)
  select school_id, live_class_id, participant_id, session_id, kind, at from sent
  on conflict do nothing
$$;

create or replace function end_abandoned_live_classes(idle interval) returns int
  language sql security definer set search_path = public, pg_temp
as $$
  with abandoned as (
    select school_id, live_class_id from live_classes
    where status = 'live' and coalesce(teacher_seen_at, started_at) < now() - idle
    order by school_id, live_class_id for no key update
  ), ended as (
    update live_classes c set status = 'ended', ended_at = now(), end_reason = 'no_teacher'
    from abandoned a where (c.school_id, c.live_class_id) = (a.school_id, a.live_class_id)
    returning c.school_id, c.room_id, c.live_class_id
  ), told as (
    select pg_notify('darasa_control', json_build_object(
      'kind', 'liveClassEnded', 'schoolId', school_id, 'roomId', room_id,
      'liveClassId', live_class_id, 'reason', 'no_teacher')::text)
    from ended
  )
  select count(*)::int from told
$$;

-- Postgres looks for the rows that refer to a deleted one, and does not index them by itself: each sign-in of
-- somebody whose old ones had run out read all tokens of the school.
create index refresh_tokens_by_sign_in on refresh_tokens (school_id, sign_in_id);
create index sign_ins_by_user on sign_ins (school_id, user_id);
create index sign_ins_by_guest on sign_ins (school_id, live_class_id, participant_id);
create index live_class_participants_by_user on live_class_participants (school_id, user_id);
create index live_classes_by_room on live_classes (school_id, room_id);
create index live_classes_by_creator on live_classes (school_id, created_by);
