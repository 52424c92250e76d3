ALTER TABLE portals DROP COLUMN archived_at;
