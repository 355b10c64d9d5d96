-- Default deny: a table without the school set shows nothing.
do $$
declare
  name text;
begin
  for name in
    select table_name from information_schema.columns
    where table_schema = current_schema() and column_name = 'school_id'
  loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy of_one_school on %I to darasa_app using (school_id = app_school_id()) with check (school_id = app_school_id())',
      name
    );
  end loop;
end
$$;

-- Schools are made by the operator's tools, which connect as the owner; nothing else is theirs to see.
create policy of_owner on schools to darasa_owner using (true) with check (true);

grant select, insert, update, delete on all tables in schema public to darasa_app;
revoke insert, update, delete on schools from darasa_app;
-- Written only by the gateway's group commits, never changed.
revoke insert, update, delete on chat_messages, board_updates, attendance_events from darasa_app;
revoke all on schema_migrations from darasa_app;
