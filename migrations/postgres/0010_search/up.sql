-- Who added a thing is what the event says with which it began.
CREATE INDEX events_by_subject ON events (organization_id, subject_id, kind);
