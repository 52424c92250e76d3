DROP INDEX events_by_person;
DROP TRIGGER events_kept ON events;
DROP FUNCTION events_stay_but_for_words();
DROP TRIGGER events_undeleted ON events;
CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON events EXECUTE FUNCTION events_stay();
DROP TABLE erased;
