ALTER TABLE sessions DROP COLUMN seeing_as;
