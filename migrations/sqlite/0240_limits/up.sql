-- Since when a member sees no more than what was chosen for them.
ALTER TABLE people ADD COLUMN limited_at BIGINT;

-- Clients who were chosen for a limited member.
CREATE TABLE limit_clients (
    organization_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, person_id, client_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, client_id) REFERENCES people (organization_id, id)
);

-- Projects that were chosen for a limited member.
CREATE TABLE limit_projects (
    organization_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    project_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, person_id, project_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id)
);
