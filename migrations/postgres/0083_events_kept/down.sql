DROP TRIGGER events_kept ON events;
DROP FUNCTION events_stay();
