-- A client is asked to approve a file, and what they say holds for exactly these bytes. It outlives the
-- version's own row.
CREATE TABLE approvals (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    version_number INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    person_id BLOB NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by BLOB,
    -- The one about an earlier version that this one follows.
    replaces_id BLOB,
    approved BOOLEAN,
    reason TEXT NOT NULL,
    decided_at BIGINT,
    decided_from TEXT,
    withdrawn_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, asked_by) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, replaces_id) REFERENCES approvals (organization_id, id)
);
CREATE INDEX approvals_by_item ON approvals (organization_id, item_id);
CREATE INDEX approvals_by_person ON approvals (organization_id, person_id);
CREATE UNIQUE INDEX one_open_approval ON approvals (organization_id, item_id, person_id)
    WHERE decided_at IS NULL AND withdrawn_at IS NULL;
