-- Whose strokes are on a board, so that they can be taken from it when somebody is forgotten. A Yjs client is one
-- open page of one person: it belongs to whoever brought something of it to the board first.
create table board_authors (
  school_id uuid not null,
  board_id uuid not null,
  client_id bigint not null,
  participant_id uuid not null,
  primary key (school_id, board_id, client_id),
  foreign key (school_id, board_id) references boards on delete cascade
);
create index board_authors_by_participant on board_authors (school_id, participant_id);
alter table board_authors enable row level security;
alter table board_authors force row level security;
create policy of_one_school on board_authors to darasa_app
  using (school_id = app_school_id()) with check (school_id = app_school_id());
create policy of_batches on board_authors to darasa_batch using (true) with check (true);
grant select on board_authors to darasa_app;
grant select, insert, delete on board_authors to darasa_batch;

grant create on schema public to darasa_batch;

-- As before, and keeps whose the Yjs clients are that came to a board for the first time, told by parallel arrays of
-- their own: `drawer_items` says by which update, from 1. They are kept with the update or not at all.
drop function append_board_updates(uuid[], uuid[], bytea[], int[], uuid[], text[], uuid[]);
create function append_board_updates(
  school_ids uuid[], board_ids uuid[], bodies bytea[],
  author_items int[], author_ids uuid[], author_roles text[], author_class_ids uuid[],
  drawer_items int[], drawer_clients bigint[], drawer_ids uuid[]
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
  ), attributed as (
    -- In one order always, as above.
    insert into board_authors (school_id, board_id, client_id, participant_id)
    select j.school_id, j.board_id, d.client_id, d.participant_id
    from unnest(drawer_items, drawer_clients, drawer_ids) as d(item, client_id, participant_id)
    join judged j on j.item = d.item
    where j.verdict = 'stored'
    order by j.school_id, j.board_id, d.client_id, j.item
    on conflict do nothing
  )
  select j.item::int, j.verdict from judged j order by j.item;
end
$$;

-- Puts one update in the place of those that were read, without what `person` drew, and forgets which clients were
-- theirs. Only for somebody who is being erased. False, and nothing is changed, when some of what was read is not
-- there any more: another process did it, and what to put there is to be made anew.
create function replace_board_updates(
  of_school uuid, of_board uuid, person uuid, person_clients bigint[], read_ids bigint[], body bytea
) returns boolean
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('board ' || of_school || ' ' || of_board, 0));
  if not exists (select from pending_erasures p where (p.school_id, p.participant_id) = (of_school, person)) then
    return false;
  end if;
  if (
    select count(*) from board_updates u
    where (u.school_id, u.board_id) = (of_school, of_board) and u.update_id = any(read_ids)
  ) < cardinality(read_ids) then
    return false;
  end if;
  delete from board_updates u
    where (u.school_id, u.board_id) = (of_school, of_board) and u.update_id = any(read_ids);
  if cardinality(read_ids) > 0 then
    insert into board_updates (school_id, board_id, body) values (of_school, of_board, body);
  end if;
  delete from board_authors a
    where (a.school_id, a.board_id, a.participant_id) = (of_school, of_board, person)
      and a.client_id = any(person_clients);
  return true;
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'append_board_updates(uuid[], uuid[], bytea[], int[], uuid[], text[], uuid[], int[], bigint[], uuid[])',
    'replace_board_updates(uuid, uuid, uuid, bigint[], bigint[], bytea)'
  ] loop
    execute format('alter function %s owner to darasa_batch', signature);
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to darasa_writer', signature);
  end loop;
end
$$;
revoke create on schema public from darasa_batch;
