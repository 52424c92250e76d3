-- Whether links name the organization's domain, and whether its other address leads there.
ALTER TABLE organizations ADD COLUMN domain_use TEXT NOT NULL DEFAULT 'beside';
