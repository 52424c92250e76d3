-- What happened stays, whoever asks (T18).
CREATE TRIGGER events_kept BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'what happened stays'); END;
CREATE TRIGGER events_undeleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'what happened stays'); END;
