-- Rooms of chosen people. They have tables of their own: a program that does not know of them reads all conversations for
-- all staff, and must find nothing of these. Whoever left keeps a row, which says when.
CREATE TABLE rooms (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    portal_id BYTEA,
    made_by BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    last_number INTEGER NOT NULL,
    latest_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, portal_id) REFERENCES portals (organization_id, id),
    FOREIGN KEY (organization_id, made_by) REFERENCES people (organization_id, id)
);
CREATE INDEX rooms_by_portal ON rooms (organization_id, portal_id);

-- Who is in a room, how far they have read, and up to where a mail told them.
CREATE TABLE room_members (
    organization_id BYTEA NOT NULL,
    room_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    added_at BIGINT NOT NULL,
    left_at BIGINT,
    number INTEGER NOT NULL,
    read_at BIGINT,
    mailed_number INTEGER NOT NULL,
    -- What the secret makes of the token in their address for answers.
    reply_mac BYTEA,
    PRIMARY KEY (organization_id, room_id, person_id),
    FOREIGN KEY (organization_id, room_id) REFERENCES rooms (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX room_members_by_person ON room_members (organization_id, person_id) WHERE left_at IS NULL;
CREATE UNIQUE INDEX room_members_by_reply ON room_members (organization_id, reply_mac) WHERE reply_mac IS NOT NULL;

CREATE TABLE room_messages (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    room_id BYTEA NOT NULL,
    number INTEGER NOT NULL,
    author_id BYTEA NOT NULL,
    words TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    edited_at BIGINT,
    -- Its words are gone then.
    deleted_at BIGINT,
    mail_mac BYTEA,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, room_id) REFERENCES rooms (organization_id, id),
    FOREIGN KEY (organization_id, author_id) REFERENCES people (organization_id, id)
);
CREATE UNIQUE INDEX room_messages_by_room ON room_messages (organization_id, room_id, number);
CREATE INDEX room_messages_by_author ON room_messages (organization_id, author_id);
CREATE UNIQUE INDEX room_messages_by_mail ON room_messages (organization_id, mail_mac) WHERE mail_mac IS NOT NULL;

CREATE TABLE room_files (
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
    FOREIGN KEY (organization_id, message_id) REFERENCES room_messages (organization_id, id)
);
CREATE INDEX room_files_by_message ON room_files (organization_id, message_id, place);
CREATE UNIQUE INDEX room_files_by_object ON room_files (organization_id, object_key);

CREATE TABLE room_mentions (
    organization_id BYTEA NOT NULL,
    message_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    PRIMARY KEY (organization_id, message_id, person_id),
    FOREIGN KEY (organization_id, message_id) REFERENCES room_messages (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
