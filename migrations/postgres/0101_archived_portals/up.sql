-- Since when clients see nothing of a portal; their grants stay.
ALTER TABLE portals ADD COLUMN archived_at BIGINT;
