ALTER TABLE organizations DROP COLUMN domain_use;
