-- A batch spans schools. Whoever holds a row of one school for long must not hold up the messages and drawings of the
-- others: a batch waits so long for a lock and no longer, stores nothing then (SQLSTATE 55P03), and is sent again around
-- what is held. Two gateways that write to the same room wait for each other, too: for a commit, which is shorter.
alter function append_chat_messages(uuid[], uuid[], uuid[], uuid[], text[], text[], text[], text[])
  set lock_timeout = '150ms';
alter function append_board_updates(uuid[], uuid[], bytea[], int[], uuid[], text[], uuid[], int[], bigint[], uuid[])
  set lock_timeout = '150ms';

grant create on schema public to darasa_batch;

-- As append_chat_messages, but waits for nobody: `held` is the outcome of all messages of a room of whose row, or of one
-- of its senders', another transaction holds the lock. Nothing of them is stored: their order is kept by sending them
-- again before those that follow.
create function append_free_chat_messages(
  school_ids uuid[], room_ids uuid[], live_class_ids uuid[], sender_ids uuid[],
  sender_names text[], sender_roles text[], client_ids text[], bodies text[]
) returns table (item int, outcome text, seq bigint, message_id uuid, sent_at timestamptz)
  language plpgsql security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  free int[];
begin
  with sent as (
    select s.* from unnest(school_ids, room_ids, sender_ids) with ordinality as s(school_id, room_id, sender_id, item)
  ), rooms_got as materialized (
    select r.school_id, r.room_id from rooms r
    where (r.school_id, r.room_id) in (select * from unnest(school_ids, room_ids))
    order by r.school_id, r.room_id for no key update skip locked
  ), users_got as materialized (
    select u.school_id, u.user_id from users u
    where (u.school_id, u.user_id) in (select * from unnest(school_ids, sender_ids))
    order by u.school_id, u.user_id for share skip locked
  ), members_got as materialized (
    select m.school_id, m.room_id, m.user_id from room_members m
    where (m.school_id, m.room_id, m.user_id) in (select * from unnest(school_ids, room_ids, sender_ids))
    order by m.school_id, m.room_id, m.user_id for share skip locked
  ), held as (
    select s.school_id, s.room_id
    from sent s
    join rooms r on (r.school_id, r.room_id) = (s.school_id, s.room_id)
    where (r.school_id, r.room_id) not in (select * from rooms_got)
    union
    select s.school_id, s.room_id
    from sent s
    join users u on (u.school_id, u.user_id) = (s.school_id, s.sender_id)
    where (u.school_id, u.user_id) not in (select * from users_got)
    union
    select s.school_id, s.room_id
    from sent s
    join room_members m on (m.school_id, m.room_id, m.user_id) = (s.school_id, s.room_id, s.sender_id)
    where (m.school_id, m.room_id, m.user_id) not in (select * from members_got)
  )
  select coalesce(array_agg(s.item order by s.item), '{}') into free
  from sent s where (s.school_id, s.room_id) not in (select * from held);

  return query
  select free[a.item], a.outcome, a.seq, a.message_id, a.sent_at
  from append_chat_messages(
    array(select school_ids[f] from unnest(free) as f), array(select room_ids[f] from unnest(free) as f),
    array(select live_class_ids[f] from unnest(free) as f), array(select sender_ids[f] from unnest(free) as f),
    array(select sender_names[f] from unnest(free) as f), array(select sender_roles[f] from unnest(free) as f),
    array(select client_ids[f] from unnest(free) as f), array(select bodies[f] from unnest(free) as f)
  ) as a;
  return query
  select s.item, 'held', null::bigint, null::uuid, null::timestamptz
  from generate_subscripts(school_ids, 1) as s(item) where s.item <> all(free);
end
$$;

do $$
declare
  signature text := 'append_free_chat_messages(uuid[], uuid[], uuid[], uuid[], text[], text[], text[], text[])';
begin
  execute format('alter function %s owner to darasa_batch', signature);
  execute format('revoke all on function %s from public', signature);
  execute format('grant execute on function %s to darasa_writer', signature);
end
$$;
revoke create on schema public from darasa_batch;
