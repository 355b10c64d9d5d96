-- Whether a message is a resend is looked up by the index of what names a message once, and can be by no other. While the
-- planner believed the table to be small it took the primary key for it, as it had taken the index by sender before, and read
-- all that was ever said in a room for each message that came; a connection keeps such a plan. The same index finds what a
-- person wrote, since it begins with who that is: one index less to keep with each message.
alter table chat_messages drop constraint chat_messages_school_id_room_id_sender_id_client_id_key;
create unique index chat_messages_once on chat_messages (sender_id, client_id, room_id, school_id);
drop index chat_messages_by_sender;

-- As before, but for how it looks for resends.
create or replace function append_chat_messages(
  school_ids uuid[], room_ids uuid[], live_class_ids uuid[], sender_ids uuid[],
  sender_names text[], sender_roles text[], client_ids text[], bodies text[]
) returns table (item int, outcome text, seq bigint, message_id uuid, sent_at timestamptz)
  language plpgsql security definer set search_path = public, pg_temp
  -- To plan it anew for each batch takes longer than to carry a short one out.
  set plan_cache_mode = force_generic_plan
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set enable_material = off
as $$
#variable_conflict use_column
begin
  -- In one order always, so that two batches never wait for each other in a circle.
  perform 1 from rooms r
    where (r.school_id, r.room_id) in (select * from unnest(school_ids, room_ids))
    order by r.school_id, r.room_id for no key update;
  -- What is judged below holds until the commit: who takes it away waits for this batch, and every later one sees it.
  perform 1 from users u
    where (u.school_id, u.user_id) in (select * from unnest(school_ids, sender_ids))
    order by u.school_id, u.user_id for share;
  perform 1 from room_members m
    where (m.school_id, m.room_id, m.user_id) in (select * from unnest(school_ids, room_ids, sender_ids))
    order by m.school_id, m.room_id, m.user_id for share;

  return query
  with sent as (
    select s.*
    from unnest(school_ids, room_ids, live_class_ids, sender_ids, sender_names, client_ids, bodies)
      with ordinality as s(school_id, room_id, live_class_id, sender_id, sender_name, client_id, body, item)
  ), judged as materialized (
    select s.*, r.last_seq, old.seq as old_seq, old.message_id as old_id, old.sent_at as old_sent_at,
      case
        when old.seq is not null then 'stored'
        when r.room_id is null then 'not_found'
        when octet_length(s.body) not between 1 and 8192 or length(s.client_id) not between 1 and 64
          or length(s.sender_name) not between 1 and 60 then 'invalid'
        when u.user_id is null and (p.role is distinct from 'guest' or p.admitted_at is null) then 'not_found'
        when u.user_id is not null and room_role(r.kind, u.role, m.role) is null then 'not_found'
        when r.kind = 'direct' and u.role = 'student' and not exists (
          select from schools c where c.school_id = r.school_id and c.student_direct_messages
        ) and exists (
          select from room_members o
          join users other on (other.school_id, other.user_id) = (o.school_id, o.user_id)
          where (o.school_id, o.room_id) = (r.school_id, r.room_id) and o.user_id <> u.user_id
            and other.role = 'student'
            and (r.direct_key is null or o.user_id::text = any(string_to_array(r.direct_key, ':')))
        ) then 'forbidden'
        when s.live_class_id is null then 'stored'
        when c.live_class_id is null then 'not_found'
        when c.status <> 'live' then 'class_ended'
        when p.removed_at is not null then 'removed'
        when c.chat_locked and room_role(r.kind, u.role, m.role) is distinct from 'teacher' then 'chat_locked'
        else 'stored'
      end as verdict
    from sent s
    left join rooms r on (r.school_id, r.room_id) = (s.school_id, s.room_id)
    left join users u
      on (u.school_id, u.user_id) = (s.school_id, s.sender_id) and u.deactivated_at is null
    left join room_members m
      on (m.school_id, m.room_id, m.user_id) = (s.school_id, s.room_id, s.sender_id)
      and (m.until is null or m.until > now())
      and (r.direct_key is null or s.sender_id::text = any(string_to_array(r.direct_key, ':')))
    left join live_classes c
      on (c.school_id, c.live_class_id, c.room_id) = (s.school_id, s.live_class_id, s.room_id)
    left join live_class_participants p
      on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, s.live_class_id, s.sender_id)
    -- Written so that no other index than the one of names can answer it.
    left join chat_messages old
      on (old.sender_id, old.client_id) = (s.sender_id, s.client_id)
      and old.room_id is not distinct from s.room_id and old.school_id is not distinct from s.school_id
  ), firsts as (
    -- One batch may hold the same message twice, too: the first of those that may be stored is.
    select j.*, (j.verdict = 'stored' and j.old_seq is null and row_number() over (
        partition by j.school_id, j.room_id, j.sender_id, j.client_id, j.verdict order by j.item) = 1) as is_first
    from judged j
  ), numbered as materialized (
    select f.*, f.last_seq + count(*) filter (where f.is_first) over (
        partition by f.school_id, f.room_id order by f.item) as new_seq,
      gen_random_uuid() as new_id, (select clock_timestamp()) as new_at
    from firsts f
  ), written as (
    insert into chat_messages
      (school_id, room_id, seq, message_id, client_id, sender_id, sender_name, live_class_id, body, sent_at)
    select school_id, room_id, new_seq, new_id, client_id, sender_id, sender_name, live_class_id, body, new_at
    from numbered where is_first
  ), counted as (
    update rooms r set last_seq = n.top
    from (select school_id, room_id, max(new_seq) as top from numbered where is_first group by 1, 2) n
    where (r.school_id, r.room_id) = (n.school_id, n.room_id)
  ), answered as (
    select n.item, n.verdict, n.old_seq, n.old_id, n.old_sent_at, n.new_at,
      first_value(n.new_seq) over same as first_seq, first_value(n.new_id) over same as first_id
    from numbered n
    window same as (
      partition by n.school_id, n.room_id, n.sender_id, n.client_id, n.verdict order by n.item)
  )
  select a.item::int, a.verdict,
    case when a.verdict = 'stored' then coalesce(a.old_seq, a.first_seq) end,
    case when a.verdict = 'stored' then coalesce(a.old_id, a.first_id) end,
    case when a.verdict = 'stored' then coalesce(a.old_sent_at, a.new_at) end
  from answered a
  order by a.item;
end
$$;
