-- Items that are shown in a frame: by whom, at which address, and where the same opens outside of the portal.
CREATE TABLE embeds (
    organization_id BYTEA NOT NULL,
    item_id BYTEA NOT NULL,
    provider TEXT NOT NULL,
    frame_address TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (organization_id, item_id),
    FOREIGN KEY (organization_id, item_id) REFERENCES items (organization_id, id)
);
