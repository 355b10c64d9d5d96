-- Wrong PINs that were tried at this code, wherever they came from: after too many the right one is not enough any more.
alter table live_classes add column wrong_pins int not null default 0 check (wrong_pins >= 0);
