-- The latest of an organization, for what happened lately: without it all of them are sorted.
CREATE INDEX events_by_organization ON events (organization_id, id);
