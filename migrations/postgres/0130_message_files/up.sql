-- Files in messages. Their objects are this table's own; they go with the words of a message that is deleted.
CREATE TABLE message_files (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    message_id BYTEA NOT NULL,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    object_key TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, message_id) REFERENCES messages (organization_id, id)
);
CREATE INDEX message_files_by_message ON message_files (organization_id, message_id, place);
CREATE UNIQUE INDEX message_files_by_object ON message_files (organization_id, object_key);
