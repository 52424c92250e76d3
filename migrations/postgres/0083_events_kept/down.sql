DROP TRIGGER events_kept ON events;
DROP TRIGGER events_all_kept ON events;
DROP FUNCTION events_stay();
