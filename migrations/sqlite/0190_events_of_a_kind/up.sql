-- The newest of one kind in a portal: without it all that ever happened there is walked when few are of that kind.
CREATE INDEX events_by_portal_kind ON events (organization_id, portal_id, kind, id);
