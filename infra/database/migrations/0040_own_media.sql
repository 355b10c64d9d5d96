-- Which school's own media servers the page of a class may reach. Browsers ask for the page before anybody is signed in:
-- all that is known is the class, whose id nobody guesses.
create index live_classes_open_by_id on live_classes (live_class_id) where status <> 'ended';

grant create on schema public to darasa_batch;

-- Null for a class that there is not, that is over, or whose school has no servers of its own.
create function find_school_with_own_media(wanted uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
as $$
  select c.school_id from live_classes c join schools s using (school_id)
  where c.live_class_id = wanted and c.status <> 'ended' and s.media_servers is not null
$$;
alter function find_school_with_own_media(uuid) owner to darasa_batch;
revoke all on function find_school_with_own_media(uuid) from public;
grant execute on function find_school_with_own_media(uuid) to darasa_app;

revoke create on schema public from darasa_batch;
