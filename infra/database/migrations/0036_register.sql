-- The register after the class: what teachers correct, when a school's terms are, and what a term is read from.

-- Append-only: the last one counts. Null takes back what was said before: the verdict is computed again. No reference to
-- participants: those who were expected and never came have no row there.
create table attendance_corrections (
  school_id uuid not null,
  live_class_id uuid not null,
  participant_id uuid not null,
  correction_id bigint generated always as identity,
  verdict text check (verdict in ('present', 'late', 'left_early', 'absent', 'excused')),
  reason text not null check (length(reason) <= 300 and (length(reason) >= 1 or erased_at is not null)),
  -- Whose name it carries is read from their account: it goes when they are erased.
  corrected_by uuid not null,
  corrected_at timestamptz not null default clock_timestamp(),
  erased_at timestamptz,
  primary key (school_id, live_class_id, participant_id, correction_id),
  foreign key (school_id, live_class_id) references live_classes on delete cascade,
  foreign key (school_id, corrected_by) references users on delete cascade
);
create index attendance_corrections_by_participant on attendance_corrections (school_id, participant_id);
create index attendance_corrections_by_corrector on attendance_corrections (school_id, corrected_by);

-- Everybody's minutes in a class that is over, computed from its events once: a term of 200 classes and 1,000 people has
-- some 400,000 events, and their sums are 200 rows of two numbers a person. They say nothing of verdicts, since the rule of the
-- school may change. A class without a row is summed when somebody asks next; what comes late takes the row away.
create table attendance_sums (
  school_id uuid not null,
  live_class_id uuid not null,
  -- Students who were there for a moment at least.
  participant_ids uuid[] not null,
  -- When each came first, from the start of the class, and how long they were there in all.
  came_after_ms int[] not null,
  present_ms int[] not null,
  primary key (school_id, live_class_id),
  foreign key (school_id, live_class_id) references live_classes on delete cascade,
  check (cardinality(participant_ids) = cardinality(came_after_ms)),
  check (cardinality(participant_ids) = cardinality(present_ms))
);

create table terms (
  school_id uuid not null references schools on delete cascade,
  term_id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 60),
  -- Days of the school's own calendar, both of them in the term.
  starts_on date not null,
  ends_on date not null,
  primary key (school_id, term_id),
  check (starts_on <= ends_on)
);

do $$
declare
  name text;
begin
  foreach name in array array['attendance_corrections', 'attendance_sums', 'terms'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy of_one_school on %I to darasa_app using (school_id = app_school_id()) with check (school_id = app_school_id())',
      name
    );
  end loop;
end
$$;
grant select, insert, delete on attendance_corrections, attendance_sums to darasa_app;
grant select, insert, update, delete on terms to darasa_app;

-- A term is the classes of one room by when they began.
create index live_classes_of_room_by_start on live_classes (school_id, room_id, started_at) where started_at is not null;

grant create on schema public to darasa_batch;
grant select, update (reason, erased_at) on attendance_corrections to darasa_batch;
create policy of_batches on attendance_corrections to darasa_batch using (true) with check (true);
grant select, delete on attendance_sums to darasa_batch;
create policy of_batches on attendance_sums to darasa_batch using (true) with check (true);

-- Of somebody who was erased the verdicts stay, as their minutes do, and what was written about them goes. Gives how many.
create function erase_correction_reasons(person uuid, at timestamptz, batch int) returns int
  language sql security definer set search_path = public, pg_temp
as $$
  with chosen as (
    select c.correction_id from attendance_corrections c
    where c.school_id = app_school_id() and c.participant_id = person and c.erased_at is null limit batch
  ), erased as (
    update attendance_corrections c set reason = '', erased_at = at
    from chosen o where c.school_id = app_school_id() and c.participant_id = person and c.correction_id = o.correction_id
    returning 1
  )
  select count(*)::int from erased
$$;
alter function erase_correction_reasons(uuid, timestamptz, int) owner to darasa_batch;
revoke all on function erase_correction_reasons(uuid, timestamptz, int) from public;
grant execute on function erase_correction_reasons(uuid, timestamptz, int) to darasa_app;

revoke create on schema public from darasa_batch;

-- Who sums a class holds its row, and so does who writes of a class that is over: neither misses what the other does.
-- While a class runs there is nothing to take away, and nothing is held.
create function forget_attendance_sums() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform from live_classes c
    where c.status = 'ended' and (c.school_id, c.live_class_id) in (select a.school_id, a.live_class_id from added a)
    order by c.school_id, c.live_class_id for no key update;
  if found then
    delete from attendance_sums s using (select distinct a.school_id, a.live_class_id from added a) a
      where (s.school_id, s.live_class_id) = (a.school_id, a.live_class_id);
  end if;
  return null;
end
$$;
create trigger forget_sums after insert on attendance_events
  referencing new table as added for each statement execute function forget_attendance_sums();
create trigger forget_sums after insert on attendance_beats
  referencing new table as added for each statement execute function forget_attendance_sums();
create trigger forget_sums_of_changed after update on attendance_beats
  referencing new table as added for each statement execute function forget_attendance_sums();
