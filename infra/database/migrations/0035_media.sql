-- What a class sees and hears through, who may send what, and what media servers tell of it.

alter table schools
  -- What a new class takes.
  add column video_provider text not null default 'mesh' check (video_provider in ('mesh', 'livekit', 'jitsi', 'none')),
  -- Media servers of the school's own, sealed with the data key; null: those that the environment names.
  add column media_servers bytea check (length(media_servers) between 1 and 32768);

alter table live_classes
  drop constraint live_classes_video_provider_check,
  add constraint live_classes_video_provider_check check (video_provider in ('mesh', 'livekit', 'jitsi', 'none')),
  -- What all but teachers may send; an exception stands with its person.
  add column sources text[] not null default array['microphone', 'camera']
    check (sources <@ array['microphone', 'camera', 'screen']),
  -- Who shows the class something beside its teachers, and whom all see large.
  add column presenter_id uuid,
  add column spotlight_id uuid,
  -- When the media server was last asked who is there: of several processes one asks.
  add column media_asked_at timestamptz;

alter table live_class_participants
  -- Null: as the class says.
  add column sources text[] check (sources <@ array['microphone', 'camera', 'screen']);

alter table live_classes
  add foreign key (school_id, live_class_id, presenter_id)
    references live_class_participants on delete set null (presenter_id),
  add foreign key (school_id, live_class_id, spotlight_id)
    references live_class_participants on delete set null (spotlight_id);

create index live_classes_by_presenter on live_classes (school_id, live_class_id, presenter_id)
  where presenter_id is not null;
create index live_classes_by_spotlight on live_classes (school_id, live_class_id, spotlight_id)
  where spotlight_id is not null;

-- Who saw it: a gateway, or a media server.
alter table attendance_events
  add column source text not null default 'gateway' check (source in ('gateway', 'livekit', 'jitsi'));

-- What media servers told already: the same word twice changes nothing. A job takes old ones away.
create table webhook_events (
  school_id uuid not null references schools on delete cascade,
  provider text not null check (provider in ('livekit', 'jitsi')),
  event_id text not null check (length(event_id) between 1 and 200),
  received_at timestamptz not null default now(),
  primary key (school_id, provider, event_id)
);
alter table webhook_events enable row level security;
alter table webhook_events force row level security;
create policy of_one_school on webhook_events to darasa_app
  using (school_id = app_school_id()) with check (school_id = app_school_id());
grant select, insert, delete on webhook_events to darasa_app;

grant update (video_provider, media_servers) on schools to darasa_app;
-- Media servers are heard by the API; the gateways go on writing through their own role.
grant insert (school_id, live_class_id, participant_id, session_id, kind, at, source) on attendance_events to darasa_app;
