ALTER TABLE file_versions DROP COLUMN pages;
ALTER TABLE file_versions DROP COLUMN thumbnail_size;
ALTER TABLE file_versions DROP COLUMN thumbnail_key;
