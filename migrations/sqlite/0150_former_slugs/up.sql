-- What an organization was called in its address until then, so that old links lead on. An empty one stands for the
-- installation's own host, where an organization lived while it was alone.
CREATE TABLE former_slugs (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    slug TEXT NOT NULL,
    left_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, slug)
);
-- A request names it before anybody knows whose it is.
CREATE INDEX former_slugs_by_slug ON former_slugs (slug, left_at);
