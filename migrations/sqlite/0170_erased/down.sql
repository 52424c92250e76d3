DROP INDEX events_by_person;
DROP TRIGGER events_kept;
CREATE TRIGGER events_kept BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'what happened stays'); END;
DROP TABLE erased;
