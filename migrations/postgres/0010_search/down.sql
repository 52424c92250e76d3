DROP INDEX events_by_subject;
