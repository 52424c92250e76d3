-- Which news somebody has otherwise than at once.
CREATE TABLE news_choices (
    organization_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    timing TEXT NOT NULL CHECK (timing IN ('at-once', 'daily', 'never')),
    PRIMARY KEY (organization_id, person_id, kind),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);

-- When somebody gets the mail of the day. Without a zone it is the organization's.
CREATE TABLE news_hours (
    organization_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    hour INTEGER NOT NULL,
    time_zone TEXT,
    PRIMARY KEY (organization_id, person_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);

-- What waits for the mail of the day: what its job knew, to be looked at again.
CREATE TABLE waiting_news (
    organization_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    job BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (organization_id, person_id, job),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
