-- All sign-ins of a guest are asked for by the guest alone, as those of an account are.
create index sign_ins_by_participant on sign_ins (school_id, participant_id) where participant_id is not null;
