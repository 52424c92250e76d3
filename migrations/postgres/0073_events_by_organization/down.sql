DROP INDEX events_by_organization;
