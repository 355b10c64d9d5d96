-- What a class looks at and what may be sent in it belongs to what a gateway reads of who enters.

drop function read_access(uuid, uuid[], uuid[], uuid[], uuid[]);

-- What each of these is in a room, and in the live class of it that was named, or else in the one that runs. A room
-- that is none, or is archived, has no row.
create function read_access(
  of_school uuid, participant_ids uuid[], sign_in_ids uuid[], room_ids uuid[], live_class_ids uuid[]
) returns table (
  item int, room_kind text, head_seq float8, sign_in_ends_in_ms float8, may_not_talk boolean, user_name text,
  user_role text, member_role text, named_status text, admitted_name text, admitted_role text, draw_allowed boolean,
  is_removed boolean, running_id uuid, drawing text, chat_locked boolean, video text, first_seq float8, sources text[],
  presenter uuid, spotlight uuid, own_sources text[]
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
    running.sources, running.presenter_id, running.spotlight_id, p.sources
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
