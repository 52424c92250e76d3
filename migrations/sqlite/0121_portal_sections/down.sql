ALTER TABLE portals DROP COLUMN sections;
