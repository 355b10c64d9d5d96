create table chat_messages (
  school_id uuid not null,
  room_id uuid not null,
  seq bigint not null,
  message_id uuid not null default gen_random_uuid(),
  client_id text not null check (length(client_id) between 1 and 64),
  sender_id uuid not null,
  sender_name text not null,
  live_class_id uuid,
  body text not null check (octet_length(body) between 1 and 8192),
  sent_at timestamptz not null default clock_timestamp(),
  primary key (school_id, room_id, seq),
  unique (school_id, room_id, sender_id, client_id),
  foreign key (school_id, room_id) references rooms on delete cascade
);

create table boards (
  school_id uuid not null,
  board_id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  title text not null check (length(title) between 1 and 120),
  created_at timestamptz not null default now(),
  primary key (school_id, board_id),
  foreign key (school_id, room_id) references rooms on delete cascade
);
create index boards_by_room on boards (school_id, room_id);

-- Append-only: every Yjs update of a board as it was merged. Ids may commit out of order, so a reader
-- takes all rows of a board, never "those after".
create table board_updates (
  school_id uuid not null,
  board_id uuid not null,
  update_id bigint generated always as identity,
  body bytea not null,
  created_at timestamptz not null default now(),
  primary key (school_id, board_id, update_id),
  foreign key (school_id, board_id) references boards on delete cascade
);

-- Append-only: what the gateway itself saw of who was there.
create table attendance_events (
  school_id uuid not null,
  live_class_id uuid not null,
  participant_id uuid not null,
  session_id uuid not null,
  kind text not null check (kind in ('joined', 'seen', 'left')),
  at timestamptz not null,
  primary key (school_id, live_class_id, participant_id, session_id, at, kind),
  foreign key (school_id, live_class_id, participant_id) references live_class_participants on delete cascade
);
