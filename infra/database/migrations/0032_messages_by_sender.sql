-- Whether a message is a resend is asked for each one that is written, by room, sender and client id. On a young table the
-- planner took the index by sender for it, and read all that somebody ever wrote. What looks for a person's messages wants
-- those that are not erased yet: no other question can use an index of them alone.
drop index chat_messages_by_sender;
create index chat_messages_by_sender on chat_messages (school_id, sender_id) where erased_at is null;
