-- Roles are made by the migration runner before the first migration:
--   darasa_owner   owns everything; used by migrations only
--   darasa_app     api and realtime; row level security binds it
--   darasa_writer  realtime's group commits; may only execute the functions that say so
--   darasa_batch   nobody logs in; owns those functions and has policies of its own
--
-- Every table that has a school has (school_id, …) as its key, so that nothing can reference across
-- schools, and row level security with FORCE. The school is set per transaction: app.school_id.

create function app_school_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.school_id', true), '')::uuid;

create table schools (
  school_id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 60),
  name text not null check (length(name) between 1 and 120),
  created_at timestamptz not null default now()
);

create table users (
  school_id uuid not null references schools on delete cascade,
  user_id uuid not null default gen_random_uuid(),
  email text not null check (email = lower(email) and length(email) <= 254),
  name text not null check (length(name) between 1 and 60),
  role text not null check (role in ('student', 'teacher', 'school_admin')),
  password_hash text,
  language text not null default 'en' check (language in ('en', 'sw')),
  created_at timestamptz not null default now(),
  deactivated_at timestamptz,
  primary key (school_id, user_id),
  unique (school_id, email)
);

create table rooms (
  school_id uuid not null references schools on delete cascade,
  room_id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('class', 'group', 'direct')),
  name text not null check (length(name) between 1 and 120),
  -- The seq of the newest message: the next one takes the next, under this row's lock.
  last_seq bigint not null default 0,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (school_id, room_id)
);

create table room_members (
  school_id uuid not null,
  room_id uuid not null,
  user_id uuid not null,
  role text not null check (role in ('teacher', 'student')),
  added_at timestamptz not null default now(),
  primary key (school_id, room_id, user_id),
  foreign key (school_id, room_id) references rooms on delete cascade,
  foreign key (school_id, user_id) references users on delete cascade
);
create index room_members_by_user on room_members (school_id, user_id);

create table live_classes (
  school_id uuid not null,
  live_class_id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  title text not null check (length(title) between 1 and 120),
  -- Unique over all schools while it can still be joined: a code is all that a guest knows.
  code text check (code ~ '^[23456789A-HJ-NP-Z]{6}$'),
  status text not null default 'scheduled' check (status in ('scheduled', 'live', 'ended')),
  starts_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('teacher', 'no_teacher')),
  -- The first message that belongs to this class: guests read from here on.
  first_seq bigint,
  -- When a teacher was last present: the class ends by itself some time after.
  teacher_seen_at timestamptz,
  video_provider text not null default 'mesh' check (video_provider in ('mesh', 'none')),
  drawing text not null default 'teachers' check (drawing in ('teachers', 'everyone')),
  chat_locked boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (school_id, live_class_id),
  foreign key (school_id, room_id) references rooms on delete cascade,
  foreign key (school_id, created_by) references users,
  check ((status = 'ended') = (ended_at is not null)),
  check (status = 'scheduled' or started_at is not null)
);
create unique index live_classes_by_code on live_classes (code) where status <> 'ended';
create unique index live_classes_one_running on live_classes (school_id, room_id) where status = 'live';
create index live_classes_by_start on live_classes (school_id, starts_at);
create index live_classes_running on live_classes (teacher_seen_at) where status = 'live';

-- Who was let into a live class. participant_id is the user's id, or a guest's own.
create table live_class_participants (
  school_id uuid not null,
  live_class_id uuid not null,
  participant_id uuid not null,
  user_id uuid,
  name text not null check (length(name) between 1 and 60),
  role text not null check (role in ('teacher', 'student', 'guest')),
  draw_allowed boolean not null default false,
  admitted_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (school_id, live_class_id, participant_id),
  foreign key (school_id, live_class_id) references live_classes on delete cascade,
  foreign key (school_id, user_id) references users on delete cascade,
  check ((role = 'guest') = (user_id is null)),
  check (user_id is null or user_id = participant_id)
);

-- A sign-in of a user or of a guest on one device, with its refresh tokens (one family).
create table sign_ins (
  school_id uuid not null references schools on delete cascade,
  sign_in_id uuid not null default gen_random_uuid(),
  user_id uuid,
  live_class_id uuid,
  participant_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (school_id, sign_in_id),
  foreign key (school_id, user_id) references users on delete cascade,
  foreign key (school_id, live_class_id, participant_id) references live_class_participants on delete cascade,
  check ((user_id is null) <> (participant_id is null))
);

create table refresh_tokens (
  school_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  sign_in_id uuid not null,
  -- The token that took this one's place, and when: a second use within the grace gets the same.
  successor_hash bytea,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (school_id, token_hash),
  foreign key (school_id, sign_in_id) references sign_ins on delete cascade
);
