-- Erasing that nobody can stop and that leaves no name behind.

grant create on schema public to darasa_batch;

-- In place of the client id stands chance. What senders choose themselves is unique among their messages: a number that
-- can be foreseen, chosen beforehand for another message, would keep this one from being erased.
create or replace function erase_messages_of(person uuid, at timestamptz, batch int)
  returns table (room_id uuid, erased int)
  language sql security definer set search_path = public, pg_temp
as $$
  with chosen as (
    select m.room_id, m.seq from chat_messages m
    where m.school_id = app_school_id() and m.sender_id = person and m.erased_at is null
    order by m.room_id, m.seq limit batch for no key update
  ), erased as (
    update chat_messages m
    set body = '', sender_name = '', client_id = 'erased:' || gen_random_uuid(), erased_at = at
    from chosen c
    where m.school_id = app_school_id() and (m.room_id, m.seq) = (c.room_id, c.seq)
    returning m.room_id
  )
  select e.room_id, count(*)::int from erased e group by e.room_id
$$;

create or replace function erase_messages_before(of_room uuid, before timestamptz, at timestamptz, batch int) returns int
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
    set body = '', sender_name = '', client_id = 'erased:' || gen_random_uuid(), erased_at = at
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

-- The log keeps who did what by their id. The name of somebody who was erased goes, and with it what entries about them
-- say: reasons, and names and addresses of before and after. What they were is a role, and stays.
create or replace function erase_audit_names(person uuid, batch int) returns int
  language sql security definer set search_path = public, pg_temp
as $$
  with chosen as (
    select a.event_id from audit_events a
    where a.school_id = app_school_id() and (
      (a.actor_id = person and a.actor_name <> '')
      or (a.subject_id = person and a.action <> 'user.roleChanged' and a.details ?| array['reason', 'name', 'from', 'to']))
    limit batch
  ), erased as (
    update audit_events a set
      actor_name = case when a.actor_id = person then '' else a.actor_name end,
      details = case when a.subject_id = person and a.action <> 'user.roleChanged'
        then a.details - array['reason', 'name', 'from', 'to'] else a.details end
    from chosen c where (a.school_id, a.event_id) = (app_school_id(), c.event_id)
    returning 1
  )
  select count(*)::int from erased
$$;

-- Takes the addresses of somebody, that of now and those of before, from the entries about their invitations. To be called
-- while the log still says which they were.
create function erase_audit_addresses(person uuid, address text) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  update audit_events a set details = a.details - 'email'
  where a.school_id = app_school_id() and a.details ->> 'email' in (
    select address union
    select e.details ->> side from audit_events e, unnest(array['from', 'to']) as side
    where e.school_id = app_school_id() and e.subject_id = person and e.action = 'user.emailChanged'
  )
$$;
alter function erase_audit_addresses(uuid, text) owner to darasa_batch;
revoke all on function erase_audit_addresses(uuid, text) from public;
grant execute on function erase_audit_addresses(uuid, text) to darasa_app;

revoke create on schema public from darasa_batch;
