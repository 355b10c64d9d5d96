-- When a class that runs went over from LiveKit to something else. As long as this is known somebody may still be in its
-- room there: whom LiveKit did not put out because it did not answer, and who comes back with a token of before.
alter table live_classes add column left_livekit_at timestamptz;
create index live_classes_left_livekit on live_classes (left_livekit_at) where left_livekit_at is not null;
grant update (left_livekit_at) on live_classes to darasa_app;

-- Those classes are asked for, too, for a day at most.
create or replace function claim_media_classes(older_than interval) returns table (school_id uuid, live_class_id uuid)
  language sql security definer set search_path = public, pg_temp
as $$
  -- Four small sets, each by an index of its own: classes of before are many.
  with named as (
    select d.school_id, d.live_class_id from live_classes d
      where d.status = 'live' and d.video_provider = 'livekit'
        and (d.media_asked_at is null or d.media_asked_at <= now() - older_than)
    union
    select d.school_id, d.live_class_id from live_classes d
      where d.status = 'live' and d.left_livekit_at > now() - interval '1 day'
        and (d.media_asked_at is null or d.media_asked_at <= now() - older_than)
    union
    select d.school_id, d.live_class_id from live_classes d
      where d.status = 'ended' and d.media_asked_at < d.ended_at
    union
    select r.school_id, r.live_class_id from recording_parts p
      join recordings r on (r.school_id, r.recording_id) = (p.school_id, p.recording_id)
      join live_classes d on (d.school_id, d.live_class_id) = (r.school_id, r.live_class_id)
      where p.state in ('starting', 'active') and d.media_asked_at <= now() - older_than
  ),
  due as (
    select d.school_id, d.live_class_id from live_classes d
    join named n on (n.school_id, n.live_class_id) = (d.school_id, d.live_class_id)
    -- Looked at again when its row is locked: another may have claimed it meanwhile.
    where d.media_asked_at is null or d.media_asked_at <= now() - older_than
      or (d.status = 'ended' and d.media_asked_at < d.ended_at)
    order by d.school_id, d.live_class_id
    for no key update of d skip locked
  )
  update live_classes c set media_asked_at = now()
  from due where (c.school_id, c.live_class_id) = (due.school_id, due.live_class_id)
  returning c.school_id, c.live_class_id
$$;
