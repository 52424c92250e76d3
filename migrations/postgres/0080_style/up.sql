-- What was made of an organization's logo, in the sizes that pages, mails, papers and phones want. The rows stay when the
-- logo is taken away, so that it can be brought back.
CREATE TABLE organization_pictures (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (organization_id, name)
);

ALTER TABLE organizations ADD COLUMN logo TEXT;
ALTER TABLE organizations ADD COLUMN logo_ground TEXT NOT NULL DEFAULT 'any';
ALTER TABLE organizations ADD COLUMN logo_is_wide BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE organizations ADD COLUMN sidebar TEXT;
