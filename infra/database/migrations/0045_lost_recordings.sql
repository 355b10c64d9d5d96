-- What became of a recording that did not end as it was asked to.

-- Ended by what writes it, not by a word of ours: it failed, or its time was over.
alter table recordings add column broke_off boolean not null default false;
grant update (broke_off) on recordings to darasa_app;

-- Of a part that failed: something of it was recorded, or may have been, and could not be kept. Else it never began.
alter table recording_parts add column is_lost boolean not null default false;
grant update (is_lost) on recording_parts to darasa_app;
