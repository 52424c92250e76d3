-- What staff reminded somebody of by pressing a button, once for each day.
CREATE TABLE reminders (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    noun TEXT NOT NULL,
    subject_id BYTEA NOT NULL,
    day TEXT NOT NULL,
    reminded_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, noun, subject_id, day)
);
