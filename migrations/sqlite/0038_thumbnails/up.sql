-- The small picture of a version, an object of its own, and how many pages of a PDF can be looked at:
-- 0 for what cannot be drawn, nothing while nobody has tried.
ALTER TABLE file_versions ADD COLUMN thumbnail_key TEXT;
ALTER TABLE file_versions ADD COLUMN thumbnail_size BIGINT;
ALTER TABLE file_versions ADD COLUMN pages INTEGER;

-- What was there before is drawn too.
INSERT INTO jobs (organization_id, kind, payload, created_at, run_at, attempts)
SELECT organization_id, 'files-draw', '{"version":"' || LOWER(HEX(id)) || '"}', added_at, added_at, 0
FROM file_versions
WHERE media_type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf');
