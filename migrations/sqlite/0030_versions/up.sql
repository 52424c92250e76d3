-- A file keeps every version that was uploaded under its name, and points to the one that is shown.
CREATE TABLE file_versions (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    object_key TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    reading TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by BLOB,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, item_id, number),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id),
    FOREIGN KEY (organization_id, added_by) REFERENCES people (organization_id, id)
);

-- For the quota: the sum is read from the index alone. Versions can share an object.
CREATE INDEX file_versions_by_object ON file_versions (organization_id, object_key, size);

-- What was there is the first version of itself and takes the item's id: nothing else has it, it is
-- as old as the file, and jobs that wait to read an item find their version.
INSERT INTO file_versions
SELECT files.organization_id, files.item_id, files.item_id, 1, files.object_key, files.size,
       files.media_type, files.sha256, files.reading, items.created_at, added.actor_id, NULL
FROM files
JOIN items ON items.organization_id = files.organization_id AND items.id = files.item_id
LEFT JOIN (
    SELECT subject_id, MIN(id) AS id FROM events WHERE kind = 'item.added' GROUP BY subject_id
) AS addition ON addition.subject_id = files.item_id
LEFT JOIN events AS added ON added.id = addition.id AND added.organization_id = files.organization_id;

ALTER TABLE file_pages RENAME TO item_pages;
CREATE TABLE file_pages (
    organization_id BLOB NOT NULL,
    version_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (organization_id, version_id, number),
    FOREIGN KEY (organization_id, version_id) REFERENCES file_versions (organization_id, id)
);
INSERT INTO file_pages SELECT organization_id, item_id, number, text FROM item_pages;
DROP TABLE item_pages;

DROP TABLE files;
CREATE TABLE files (
    organization_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    version_id BLOB NOT NULL,
    -- Newer versions do not take its place.
    pinned BOOLEAN NOT NULL,
    PRIMARY KEY (organization_id, item_id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id),
    FOREIGN KEY (organization_id, version_id) REFERENCES file_versions (organization_id, id)
);
INSERT INTO files SELECT organization_id, item_id, id, FALSE FROM file_versions;
