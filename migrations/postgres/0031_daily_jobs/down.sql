DROP INDEX one_daily_job;
ALTER TABLE jobs DROP COLUMN daily;
