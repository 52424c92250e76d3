ALTER TABLE organizations DROP COLUMN sidebar;
ALTER TABLE organizations DROP COLUMN logo_is_wide;
ALTER TABLE organizations DROP COLUMN logo_ground;
ALTER TABLE organizations DROP COLUMN logo;
DROP TABLE organization_pictures;
