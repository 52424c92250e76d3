-- Files that arrive over several requests. Without an item yet; their length counts against the
-- quota from the first moment.
CREATE TABLE uploads (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    portal_id BLOB NOT NULL,
    folder_id BLOB,
    -- Of a client who was asked for the file.
    request_id BLOB,
    slot_id BLOB,
    -- With the folders above it, as they were dropped.
    path TEXT NOT NULL,
    length BIGINT NOT NULL,
    -- Acknowledged, and therefore durable.
    received BIGINT NOT NULL,
    object_key TEXT NOT NULL UNIQUE,
    -- What the object store holds, in its own words.
    held BIGINT NOT NULL,
    notes TEXT NOT NULL,
    -- The sums so far, to be gone on with.
    sums BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, portal_id) REFERENCES portals (organization_id, id)
);
CREATE INDEX uploads_under_way ON uploads (organization_id, length) WHERE finished_at IS NULL;
