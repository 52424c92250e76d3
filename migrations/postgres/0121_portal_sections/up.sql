-- How staff arranged the sections of a portal's page, as JSON; nothing where nobody did.
ALTER TABLE portals ADD COLUMN sections TEXT NOT NULL DEFAULT '';
