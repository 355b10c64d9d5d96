-- Who is on a media server is written down as of gateways: who comes and who goes, and of all who are in its room
-- together, that they are. The holder is one room of the media server, from its start to its end.
grant insert (holder_id) on attendance_events to darasa_app;
grant insert, update (at) on attendance_beats to darasa_app;

-- Of classes that are over: those whose room on the media server is still to be closed.
create index live_classes_to_close on live_classes (ended_at) where status = 'ended' and media_asked_at < ended_at;

grant create on schema public to darasa_batch;
grant update (media_asked_at) on live_classes to darasa_batch;

-- The running classes whose media server was not asked for so long who is there, and those that have ended since it
-- was: of several processes each class goes to the one that asks first.
create function claim_media_classes(older_than interval) returns table (school_id uuid, live_class_id uuid)
  language sql security definer set search_path = public, pg_temp
as $$
  with due as (
    select d.school_id, d.live_class_id from live_classes d
    where (d.status = 'live' and d.video_provider = 'livekit'
        and (d.media_asked_at is null or d.media_asked_at <= now() - older_than))
      or (d.status = 'ended' and d.media_asked_at < d.ended_at)
    order by d.school_id, d.live_class_id
    for no key update skip locked
  )
  update live_classes c set media_asked_at = now()
  from due where (c.school_id, c.live_class_id) = (due.school_id, due.live_class_id)
  returning c.school_id, c.live_class_id
$$;
alter function claim_media_classes(interval) owner to darasa_batch;
revoke all on function claim_media_classes(interval) from public;
grant execute on function claim_media_classes(interval) to darasa_app;

revoke create on schema public from darasa_batch;
