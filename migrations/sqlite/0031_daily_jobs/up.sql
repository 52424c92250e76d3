-- Jobs that come back every day: of each kind and organization one at most waits, whichever of several
-- machines put it there.
ALTER TABLE jobs ADD COLUMN daily BOOLEAN NOT NULL DEFAULT FALSE;
CREATE UNIQUE INDEX one_daily_job ON jobs (organization_id, kind)
    WHERE daily AND finished_at IS NULL AND failed_at IS NULL;
