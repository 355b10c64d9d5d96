-- What waits to be written is judged by what its author is when it is written: an account that was closed, a
-- membership that was taken away and a teacher who is none any more leave nothing behind that commits later.

-- What an account is in a room, as `roomRole` of the protocol says it; null when it has no part there.
create function room_role(room_kind text, school_role text, member_role text) returns text
  language sql immutable parallel safe
  return case
    when room_kind <> 'direct' and school_role in ('school_admin', 'super_admin') then 'teacher'
    when room_kind = 'class' and school_role not in ('teacher', 'school_admin', 'super_admin')
      and member_role = 'teacher' then 'student'
    else member_role
  end;

grant create on schema public to darasa_batch;
-- To hold a row until the commit takes the right to change a column of it; the functions below change none.
grant select (school_id, user_id, role, deactivated_at), update (user_id) on users to darasa_batch;
grant update (user_id) on room_members to darasa_batch;
create policy of_batches on users to darasa_batch using (true) with check (true);
drop policy of_batches on room_members;
create policy of_batches on room_members to darasa_batch using (true) with check (true);

-- As before, and judges the sender: `forbidden` is for two students who may not talk to each other alone. Who is
-- nobody in the room is told `not_found`. The role that the gateway believes in decides nothing.
create or replace function append_chat_messages(
  school_ids uuid[], room_ids uuid[], live_class_ids uuid[], sender_ids uuid[],
  sender_names text[], sender_roles text[], client_ids text[], bodies text[]
) returns table (item int, outcome text, seq bigint, message_id uuid, sent_at timestamptz)
  language plpgsql security definer set search_path = public, pg_temp
  -- To plan it anew for each batch takes longer than to carry a short one out.
  set plan_cache_mode = force_generic_plan
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
  ), judged as (
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

-- Outcome per update: stored | not_found | refused. An update may be of several authors, told by parallel arrays of
-- their own: `author_items` says which update, from 1. It is refused when one of them has no part in the room any
-- more, or was believed to be its teacher and is not; and with it every later one of its board, which may build on it.
drop function append_board_updates(uuid[], uuid[], bytea[]);
create function append_board_updates(
  school_ids uuid[], board_ids uuid[], bodies bytea[],
  author_items int[], author_ids uuid[], author_roles text[], author_class_ids uuid[]
) returns table (item int, outcome text)
  language plpgsql security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  perform 1 from users u
    where (u.school_id, u.user_id) in (
      select school_ids[a.item], a.author_id from unnest(author_items, author_ids) as a(item, author_id))
    order by u.school_id, u.user_id for share;
  perform 1 from room_members m
    where (m.school_id, m.room_id, m.user_id) in (
      select b.school_id, b.room_id, a.author_id
      from unnest(author_items, author_ids) as a(item, author_id)
      join boards b on (b.school_id, b.board_id) = (school_ids[a.item], board_ids[a.item]))
    order by m.school_id, m.room_id, m.user_id for share;

  return query
  with sent as (
    select s.*, b.room_id, r.kind
    from unnest(school_ids, board_ids, bodies) with ordinality as s(school_id, board_id, body, item)
    left join boards b on (b.school_id, b.board_id) = (s.school_id, s.board_id)
    left join rooms r on (r.school_id, r.room_id) = (b.school_id, b.room_id)
  ), refused as (
    select s.school_id, s.board_id, min(s.item) as item
    from unnest(author_items, author_ids, author_roles, author_class_ids) as a(item, author_id, role, class_id)
    join sent s on s.item = a.item
    left join users u
      on (u.school_id, u.user_id) = (s.school_id, a.author_id) and u.deactivated_at is null
    left join room_members m
      on (m.school_id, m.room_id, m.user_id) = (s.school_id, s.room_id, a.author_id)
      and (m.until is null or m.until > now())
    left join live_class_participants p
      on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, a.class_id, a.author_id)
    cross join lateral (
      select case when u.user_id is not null then room_role(s.kind, u.role, m.role)
        when p.role = 'guest' and p.admitted_at is not null then 'guest' end as role
    ) now
    where now.role is null or p.removed_at is not null or (a.role = 'teacher' and now.role <> 'teacher')
    group by 1, 2
  ), judged as (
    select s.*, case
        when s.room_id is null then 'not_found'
        when s.item >= f.item then 'refused'
        else 'stored'
      end as verdict
    from sent s
    left join refused f on (f.school_id, f.board_id) = (s.school_id, s.board_id)
  ), written as (
    insert into board_updates (school_id, board_id, body)
    select j.school_id, j.board_id, j.body from judged j where j.verdict = 'stored' order by j.item
  )
  select j.item::int, j.verdict from judged j order by j.item;
end
$$;

do $$
declare
  signature text := 'append_board_updates(uuid[], uuid[], bytea[], int[], uuid[], text[], uuid[])';
begin
  execute format('alter function %s owner to darasa_batch', signature);
  execute format('revoke all on function %s from public', signature);
  execute format('grant execute on function %s to darasa_writer', signature);
end
$$;
revoke all on function room_role(text, text, text) from public;
grant execute on function room_role(text, text, text) to darasa_batch, darasa_app;

revoke create on schema public from darasa_batch;
