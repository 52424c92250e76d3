DROP TABLE limit_projects;
DROP TABLE limit_clients;
ALTER TABLE people DROP COLUMN limited_at;
