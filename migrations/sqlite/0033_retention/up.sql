-- What was deleted, for the page that brings it back and for the job that lets it go after 30 days.
CREATE INDEX items_deleted ON items (organization_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX portals_deleted ON portals (organization_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX file_versions_deleted ON file_versions (organization_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- Where the object store and the rows disagree, as the last look at both found it.
CREATE TABLE stray_objects (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    object_key TEXT NOT NULL,
    -- 'orphan': an object that no row knows; 'missing': a row whose object is not there.
    kind TEXT NOT NULL CHECK (kind IN ('orphan', 'missing')),
    size BIGINT NOT NULL,
    -- When the object was written, or found missing.
    since BIGINT NOT NULL,
    found_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, object_key)
);
