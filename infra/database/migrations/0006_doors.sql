-- Schools, people and who may enter. The policies of row level security and the app's grants stand at the end.

-- What a school decides for itself. Limits and retention have bounds that no school can lift.
alter table schools
  add column colour text not null default '#0f766e' check (colour ~ '^#[0-9a-f]{6}$'),
  add column logo_id uuid,
  add column sign_up_language text not null default 'en' check (sign_up_language in ('en', 'sw')),
  -- Who may start a class: any teacher of its room, or only those who run the school.
  add column class_starters text not null default 'teachers' check (class_starters in ('teachers', 'admins')),
  add column student_direct_messages boolean not null default false,
  add column guest_policy text not null default 'waiting_room'
    check (guest_policy in ('allowed', 'waiting_room', 'forbidden')),
  add column late_after_minutes int not null default 10 check (late_after_minutes between 0 and 240),
  add column present_from_percent int not null default 75 check (present_from_percent between 1 and 100),
  add column max_users int not null default 5000 check (max_users between 1 and 1000000),
  add column max_rooms int not null default 2000 check (max_rooms between 1 and 100000),
  add column max_boards_per_room int not null default 200 check (max_boards_per_room between 1 and 10000),
  add column max_guests_per_class int not null default 300 check (max_guests_per_class between 0 and 10000),
  -- What is older is removed by a daily job; nothing is kept for ever.
  add column keep_messages_days int not null default 730 check (keep_messages_days between 1 and 3650),
  add column keep_attendance_days int not null default 1095 check (keep_attendance_days between 1 and 3650),
  add column keep_boards_days int not null default 1095 check (keep_boards_days between 1 and 3650),
  add column keep_audit_days int not null default 1095 check (keep_audit_days between 90 and 3650),
  add column retention_ran_at timestamptz,
  add column suspended_at timestamptz;

-- Small pictures of people and schools; never SVG, never with a place in them.
create table pictures (
  school_id uuid not null references schools on delete cascade,
  picture_id uuid not null default gen_random_uuid(),
  media_type text not null check (media_type in ('image/png', 'image/webp')),
  body bytea not null check (length(body) between 1 and 262144),
  created_at timestamptz not null default now(),
  primary key (school_id, picture_id)
);
alter table schools
  add foreign key (school_id, logo_id) references pictures on delete set null (logo_id);

alter table users
  drop constraint users_role_check,
  add constraint users_role_check
    check (role in ('student', 'teacher', 'safeguarding', 'school_admin', 'super_admin')),
  alter column email drop not null,
  add column email_verified_at timestamptz,
  add column picture_id uuid,
  -- What the person chose for themselves, as the client writes it.
  add column preferences jsonb not null default '{}' check (pg_column_size(preferences) <= 4096),
  add column password_changed_at timestamptz,
  -- The second factor: its secret, encrypted; nothing is asked for until it was confirmed once.
  add column totp_secret bytea,
  add column totp_confirmed_at timestamptz,
  -- The time step of the code used last: none is good twice.
  add column totp_last_step bigint,
  -- Everything of this person is gone but the row, so that what refers to it stays whole.
  add column erased_at timestamptz,
  add check (email is not null or erased_at is not null),
  add foreign key (school_id, picture_id) references pictures on delete set null (picture_id);
update users set email_verified_at = created_at;
create index users_by_picture on users (school_id, picture_id) where picture_id is not null;
create index schools_by_logo on schools (school_id, logo_id) where logo_id is not null;
create index users_by_name on users (school_id, lower(name) text_pattern_ops);

create table recovery_codes (
  school_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (school_id, user_id, code_hash),
  foreign key (school_id, user_id) references users on delete cascade
);

-- Single-use links that are sent by mail.
create table email_links (
  school_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  user_id uuid not null,
  purpose text not null check (purpose in ('verify', 'reset')),
  -- Where it was sent: a link for an address that has changed meanwhile is worth nothing.
  email text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (school_id, token_hash),
  foreign key (school_id, user_id) references users on delete cascade
);
create index email_links_by_user on email_links (school_id, user_id);

-- An open door for people who have no account yet: for one address, or for whoever has the link.
create table invitations (
  school_id uuid not null references schools on delete cascade,
  invitation_id uuid not null default gen_random_uuid(),
  token_hash bytea not null check (length(token_hash) = 32),
  email text check (email = lower(email) and length(email) <= 254),
  name text check (length(name) between 1 and 60),
  role text not null check (role in ('student', 'teacher', 'safeguarding', 'school_admin', 'super_admin')),
  room_id uuid,
  max_uses int not null default 1 check (max_uses between 1 and 10000),
  used int not null default 0,
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (school_id, invitation_id),
  unique (school_id, token_hash),
  foreign key (school_id, room_id) references rooms on delete cascade,
  foreign key (school_id, created_by) references users on delete set null (created_by),
  check (email is null or max_uses = 1)
);
create index invitations_by_room on invitations (school_id, room_id);
create index invitations_by_creator on invitations (school_id, created_by);

-- Mail is written in the transaction of what it tells of, and sent afterwards.
create table mails (
  school_id uuid not null references schools on delete cascade,
  mail_id uuid not null default gen_random_uuid(),
  recipient text not null check (length(recipient) <= 254),
  -- Links in a mail open doors: who may see it in the outbox depends on whom it is for.
  recipient_role text not null,
  subject text not null,
  body text not null,
  created_at timestamptz not null default now(),
  next_try_at timestamptz not null default now(),
  tries int not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  primary key (school_id, mail_id)
);
create index mails_due on mails (school_id, next_try_at) where sent_at is null and failed_at is null;

-- Append-only: every privileged act, who did it and to whom.
create table audit_events (
  school_id uuid not null references schools on delete cascade,
  event_id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  -- Null: the operator or a job. No reference: the entry outlives the person.
  actor_id uuid,
  actor_name text not null,
  action text not null check (action ~ '^[a-z]+[A-Za-z]*\.[a-z]+[A-Za-z]*$'),
  subject_kind text check (subject_kind in ('user', 'room', 'liveClass', 'school', 'invitation', 'guest')),
  subject_id uuid,
  details jsonb not null default '{}' check (pg_column_size(details) <= 8192),
  primary key (school_id, event_id)
);
create index audit_events_by_subject on audit_events (school_id, subject_id, event_id);

alter table sign_ins
  -- "Firefox on Android", never the whole header.
  add column device text not null default '' check (length(device) <= 80),
  add column last_used_at timestamptz not null default now();

-- A substitute is a teacher of the room until then; a job takes the row away.
alter table room_members add column until timestamptz;
create index room_members_ending on room_members (school_id, until) where until is not null;
-- Two people have one direct room: the key is made of both their ids, the smaller first.
alter table rooms add column direct_key text check ((direct_key is null) or kind = 'direct');
create unique index rooms_direct on rooms (school_id, direct_key) where direct_key is not null;

alter table live_classes add column pin text check (pin ~ '^[0-9]{4,8}$');
-- Guests who wait have been named and not yet let in: admitted_at is null.
alter table live_class_participants
  alter column admitted_at drop not null,
  add column asked_at timestamptz not null default now(),
  add check (admitted_at is not null or role = 'guest');
create index live_class_participants_waiting on live_class_participants (school_id, live_class_id)
  where admitted_at is null and removed_at is null;

-- A message that was erased keeps its place: the numbering stays whole.
alter table chat_messages
  add column erased_at timestamptz,
  drop constraint chat_messages_body_check,
  add constraint chat_messages_body_check
    check (octet_length(body) <= 8192 and (octet_length(body) >= 1 or erased_at is not null));
create index chat_messages_by_sender on chat_messages (school_id, sender_id);

do $$
declare
  name text;
begin
  foreach name in array array['pictures', 'recovery_codes', 'email_links', 'invitations', 'mails', 'audit_events'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy of_one_school on %I to darasa_app using (school_id = app_school_id()) with check (school_id = app_school_id())',
      name
    );
    execute format('grant select, insert, update, delete on %I to darasa_app', name);
  end loop;
end
$$;
revoke update on audit_events from darasa_app;
-- A school changes itself, never its key, its limits or whether it is suspended.
grant update (name, colour, logo_id, sign_up_language, class_starters, student_direct_messages, guest_policy,
  late_after_minutes, present_from_percent, keep_messages_days, keep_attendance_days, keep_boards_days,
  keep_audit_days, retention_ran_at) on schools to darasa_app;

grant create on schema public to darasa_batch;
grant select, insert, update on schools to darasa_batch;
drop policy of_batches on schools;
create policy of_batches on schools to darasa_batch using (true) with check (true);

-- Ids only: for jobs that then work inside each school.
create function list_school_ids() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
as $$ select school_id from schools order by created_at, school_id $$;

-- Null when the slug is taken.
create function create_school(wanted_slug text, wanted_name text) returns uuid
  language sql security definer set search_path = public, pg_temp
as $$
  insert into schools (slug, name) values (wanted_slug, wanted_name)
  on conflict (slug) do nothing returning school_id
$$;

-- What only the operator's own people decide of a school: its limits, and whether it may be used.
create function govern_school(
  wanted uuid, users int, rooms int, boards_per_room int, guests_per_class int, suspended boolean
) returns boolean
  language sql security definer set search_path = public, pg_temp
as $$
  update schools set
    max_users = coalesce(users, max_users), max_rooms = coalesce(rooms, max_rooms),
    max_boards_per_room = coalesce(boards_per_room, max_boards_per_room),
    max_guests_per_class = coalesce(guests_per_class, max_guests_per_class),
    suspended_at = case when suspended is null then suspended_at when suspended then coalesce(suspended_at, now()) end
  where school_id = wanted returning true
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array[
    'list_school_ids()', 'create_school(text, text)', 'govern_school(uuid, int, int, int, int, boolean)'
  ] loop
    execute format('alter function %s owner to darasa_batch', signature);
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to darasa_app', signature);
  end loop;
end
$$;
revoke create on schema public from darasa_batch;
