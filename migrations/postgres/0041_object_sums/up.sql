-- The sum of an object's bytes that a ZIP archive wants before the first of them is sent.
CREATE TABLE object_sums (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    object_key TEXT NOT NULL,
    crc32 BIGINT NOT NULL,
    PRIMARY KEY (organization_id, object_key)
);
