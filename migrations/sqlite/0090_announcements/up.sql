-- What staff tell everybody who has a portal, or those who have one of certain portals. A draft is not published.
CREATE TABLE announcements (
    organization_id BLOB NOT NULL,
    id BLOB NOT NULL,
    title TEXT NOT NULL,
    words TEXT NOT NULL,
    is_for_everybody BOOLEAN NOT NULL,
    -- Who wrote the draft; who published it, since it is.
    author_id BLOB NOT NULL,
    written_at BIGINT NOT NULL,
    published_at BIGINT,
    edited_at BIGINT,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, author_id) REFERENCES people (organization_id, id)
);
CREATE INDEX announcements_by_publication ON announcements (organization_id, published_at);
CREATE INDEX deleted_announcements ON announcements (organization_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- For which portals one is that is not for everybody.
CREATE TABLE announcement_portals (
    organization_id BLOB NOT NULL,
    announcement_id BLOB NOT NULL,
    portal_id BLOB NOT NULL,
    PRIMARY KEY (organization_id, announcement_id, portal_id),
    FOREIGN KEY (organization_id, announcement_id) REFERENCES announcements (organization_id, id),
    FOREIGN KEY (organization_id, portal_id) REFERENCES portals (organization_id, id)
);
CREATE INDEX announcements_by_portal ON announcement_portals (organization_id, portal_id);

-- Who has read it, and who was told of it by mail.
CREATE TABLE announcement_reads (
    organization_id BLOB NOT NULL,
    announcement_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    read_at BIGINT,
    mailed_at BIGINT,
    PRIMARY KEY (organization_id, announcement_id, person_id),
    FOREIGN KEY (organization_id, announcement_id) REFERENCES announcements (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX announcements_by_reader ON announcement_reads (organization_id, person_id);
