DROP INDEX events_by_portal_kind;
