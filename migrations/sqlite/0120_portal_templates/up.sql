-- A portal that was kept to begin others from. Nothing in it leads to the portal that it was taken of.
CREATE TABLE portal_templates (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id)
);

-- What each module kept of it, as JSON.
CREATE TABLE portal_template_parts (
    organization_id BLOB NOT NULL,
    template_id BLOB NOT NULL,
    part TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (organization_id, template_id, part),
    FOREIGN KEY (organization_id, template_id) REFERENCES portal_templates (organization_id, id)
);

-- Requests for files that a template brought, before somebody is asked.
CREATE TABLE prepared_requests (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    portal_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    wanted TEXT NOT NULL,
    message TEXT NOT NULL,
    days INTEGER NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, portal_id) REFERENCES portals (organization_id, id)
);
CREATE INDEX prepared_requests_by_portal ON prepared_requests (organization_id, portal_id, position);
