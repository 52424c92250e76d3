ALTER TABLE organizations DROP COLUMN cover_y;
ALTER TABLE organizations DROP COLUMN cover_x;
ALTER TABLE organizations DROP COLUMN cover;
DELETE FROM organization_pictures WHERE name LIKE 'cover-%';
