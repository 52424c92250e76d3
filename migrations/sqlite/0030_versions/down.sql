-- Versions are not taken back: restore a backup instead.
SELECT 1;
