CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE organizations (
    id BLOB PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    domain TEXT UNIQUE,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    headline TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);

CREATE TABLE settings (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (organization_id, name)
);

CREATE TABLE companies (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE people (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    id BLOB NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'client')),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT,
    company_id BLOB,
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    joined_at BIGINT,
    removed_at BIGINT,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, email),
    FOREIGN KEY (organization_id, company_id) REFERENCES companies (organization_id, id)
);
CREATE INDEX people_by_company ON people (organization_id, company_id);

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    organization_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    address TEXT,
    agent TEXT,
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX sessions_by_person ON sessions (organization_id, person_id);

CREATE TABLE projects (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    id BLOB NOT NULL,
    client_id BLOB,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('planned', 'active', 'paused', 'done')),
    starts_on TEXT,
    ends_on TEXT,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, client_id) REFERENCES people (organization_id, id)
);

CREATE TABLE milestones (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    name TEXT NOT NULL,
    due_on TEXT,
    position INTEGER NOT NULL,
    completed_at BIGINT,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id)
);
CREATE INDEX milestones_by_project ON milestones (organization_id, project_id, position);

CREATE TABLE portals (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    id BLOB NOT NULL,
    project_id BLOB,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id)
);
CREATE UNIQUE INDEX one_portal_per_project ON portals (organization_id, project_id) WHERE deleted_at IS NULL;

CREATE TABLE items (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    portal_id BLOB NOT NULL,
    folder_id BLOB,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, portal_id) REFERENCES portals (organization_id, id),
    FOREIGN KEY (organization_id, folder_id) REFERENCES items (organization_id, id)
);
CREATE INDEX items_by_portal ON items (organization_id, portal_id, folder_id, position);
CREATE INDEX items_by_folder ON items (organization_id, folder_id);

CREATE TABLE notes (
    organization_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    body TEXT NOT NULL,
    pinned BOOLEAN NOT NULL,
    PRIMARY KEY (organization_id, item_id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id)
);

CREATE TABLE links (
    organization_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (organization_id, item_id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id)
);

CREATE TABLE files (
    organization_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    object_key TEXT NOT NULL UNIQUE,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    reading TEXT NOT NULL,
    PRIMARY KEY (organization_id, item_id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id)
);

-- For the quota: the sum is read from the index alone.
CREATE INDEX files_by_size ON files (organization_id, size);

CREATE TABLE file_pages (
    organization_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (organization_id, item_id, number),
    FOREIGN KEY (organization_id, item_id) REFERENCES files (organization_id, item_id)
);

CREATE TABLE grants (
    organization_id BLOB NOT NULL,
    portal_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    granted_at BIGINT NOT NULL,
    granted_by BLOB,
    revoked_at BIGINT,
    PRIMARY KEY (organization_id, portal_id, person_id),
    FOREIGN KEY (organization_id, portal_id) REFERENCES portals (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, granted_by) REFERENCES people (organization_id, id)
);
CREATE INDEX grants_by_person ON grants (organization_id, person_id);

CREATE TABLE proofs (
    token_hash BLOB PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    organization_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    email TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX proofs_by_person ON proofs (organization_id, person_id, purpose);

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_id BLOB,
    subject_id BLOB,
    portal_id BLOB,
    person_id BLOB,
    address TEXT,
    data TEXT NOT NULL
);
CREATE INDEX events_by_portal ON events (organization_id, portal_id, id);
CREATE INDEX events_by_actor ON events (organization_id, actor_id, kind, portal_id, at);

CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    last_event BIGINT NOT NULL
);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    leased_until BIGINT,
    last_error TEXT,
    finished_at BIGINT,
    failed_at BIGINT
);
CREATE INDEX jobs_due ON jobs (run_at) WHERE finished_at IS NULL AND failed_at IS NULL;
