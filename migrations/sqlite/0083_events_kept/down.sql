DROP TRIGGER events_kept;
DROP TRIGGER events_undeleted;
