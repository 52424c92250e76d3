-- People who were erased, and what went with them: ids alone. Words that events kept of one of these may go, words without
-- an id in which somebody's address can stand once somebody was erased, and where a request of theirs came from. Nothing else about
-- an event ever changes (T18).
CREATE TABLE erased (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    subject_id BLOB NOT NULL,
    erased_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, subject_id)
);

DROP TRIGGER events_kept;
CREATE TRIGGER events_kept BEFORE UPDATE ON events
WHEN NOT (NEW.id = OLD.id AND NEW.organization_id = OLD.organization_id
    AND NEW.kind = OLD.kind AND NEW.at = OLD.at AND NEW.actor_id IS OLD.actor_id
    AND NEW.subject_id IS OLD.subject_id
    AND NEW.portal_id IS OLD.portal_id
    AND NEW.person_id IS OLD.person_id
    AND (NEW.data = OLD.data OR (NEW.data = 'null' AND (
        EXISTS (SELECT 1 FROM erased e WHERE e.organization_id = OLD.organization_id
            AND e.subject_id IN (OLD.actor_id, OLD.person_id, OLD.subject_id))
        OR (OLD.kind IN ('message.mail-refused', 'organization.audit-exported')
            AND EXISTS (SELECT 1 FROM erased e WHERE e.organization_id = OLD.organization_id
                AND e.erased_at >= OLD.at)))))
    AND (NEW.address IS OLD.address OR (NEW.address IS NULL AND
        EXISTS (SELECT 1 FROM erased e WHERE e.organization_id = OLD.organization_id
            AND e.subject_id = COALESCE(OLD.actor_id, OLD.person_id)))))
BEGIN SELECT RAISE(ABORT, 'what happened stays'); END;

-- For what is about one person; by who acted and by what it was about there is one already.
CREATE INDEX events_by_person ON events (organization_id, person_id, id);
