UPDATE organizations SET headline = title WHERE title <> '';
ALTER TABLE organizations DROP COLUMN contact_address;
ALTER TABLE organizations DROP COLUMN contact_telephone;
ALTER TABLE organizations DROP COLUMN contact_email;
ALTER TABLE organizations DROP COLUMN title;
