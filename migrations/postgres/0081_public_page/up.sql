-- A title above the headline, and how to reach the organization: what anyone sees before signing in. What was the title
-- until now, the headline, stays one.
ALTER TABLE organizations ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN contact_email TEXT NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN contact_telephone TEXT NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN contact_address TEXT NOT NULL DEFAULT '';
UPDATE organizations SET title = headline, headline = '';
