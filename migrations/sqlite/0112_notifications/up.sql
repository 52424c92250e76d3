-- Whom an event concerns, until it is 90 days old. Whether they may still see it is asked when they look.
CREATE TABLE notifications (
    organization_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    -- Of the event.
    event BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    subject BLOB NOT NULL,
    -- Without keys of their own: what is deleted for good takes its lines along.
    portal BLOB,
    item BLOB,
    read_at BIGINT,
    PRIMARY KEY (organization_id, person_id, event),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX unread_notifications ON notifications (organization_id, person_id, event) WHERE read_at IS NULL;
CREATE INDEX notifications_by_age ON notifications (organization_id, at);
