-- What staff and one client write to each other about one portal. Messages are counted in the order in which
-- they were written; the last one of each side that is not deleted says who waits for whom.
CREATE TABLE conversations (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    portal_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    last_number INTEGER NOT NULL,
    client_number INTEGER NOT NULL,
    staff_number INTEGER NOT NULL,
    latest_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, portal_id) REFERENCES portals (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE UNIQUE INDEX one_conversation ON conversations (organization_id, portal_id, person_id);
CREATE INDEX conversations_by_person ON conversations (organization_id, person_id);
CREATE INDEX unanswered_conversations ON conversations (organization_id) WHERE client_number > staff_number;

CREATE TABLE messages (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    conversation_id BYTEA NOT NULL,
    number INTEGER NOT NULL,
    author_id BYTEA NOT NULL,
    words TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    edited_at BIGINT,
    -- Its words are gone then.
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations (organization_id, id),
    FOREIGN KEY (organization_id, author_id) REFERENCES people (organization_id, id)
);
CREATE UNIQUE INDEX messages_by_conversation ON messages (organization_id, conversation_id, number);

-- How far somebody has read, and up to where a mail told them.
CREATE TABLE message_reads (
    organization_id BYTEA NOT NULL,
    conversation_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    number INTEGER NOT NULL,
    read_at BIGINT,
    mailed_number INTEGER NOT NULL,
    PRIMARY KEY (organization_id, conversation_id, person_id),
    FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
