-- Items that a client sent. Until staff show one to everyone with the portal, only its sender sees it.
CREATE TABLE sent_items (
    organization_id BYTEA NOT NULL,
    item_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    shown_at BIGINT,
    PRIMARY KEY (organization_id, item_id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);

-- Folders that take files from clients.
CREATE TABLE upload_folders (
    organization_id BYTEA NOT NULL,
    item_id BYTEA NOT NULL,
    opened_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, item_id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id)
);

CREATE TABLE file_requests (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    portal_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    folder_id BYTEA NOT NULL,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    due_on TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BYTEA,
    completed_at BIGINT,
    withdrawn_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, portal_id) REFERENCES portals (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, folder_id) REFERENCES items (organization_id, id),
    FOREIGN KEY (organization_id, created_by) REFERENCES people (organization_id, id)
);
CREATE INDEX file_requests_by_portal ON file_requests (organization_id, portal_id);
CREATE INDEX file_requests_by_person ON file_requests (organization_id, person_id);

-- What a request wants, one file each. The file that came last stays here when it is asked for again.
CREATE TABLE file_request_slots (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    request_id BYTEA NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    hint TEXT NOT NULL,
    required BOOLEAN NOT NULL,
    item_id BYTEA,
    sent_at BIGINT,
    accepted_at BIGINT,
    reason TEXT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, request_id) REFERENCES file_requests (organization_id, id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id)
);
CREATE INDEX file_request_slots_by_request ON file_request_slots (organization_id, request_id, position);
CREATE INDEX file_request_slots_by_item ON file_request_slots (organization_id, item_id);
