-- People who were erased, and what went with them: ids alone. Words that events kept of one of these may go, words without
-- an id in which somebody's address can stand once somebody was erased, and where a request of theirs came from. Nothing else about
-- an event ever changes (T18).
CREATE TABLE erased (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    subject_id BYTEA NOT NULL,
    erased_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, subject_id)
);

DROP TRIGGER events_kept ON events;
CREATE TRIGGER events_undeleted BEFORE DELETE OR TRUNCATE ON events EXECUTE FUNCTION events_stay();
CREATE FUNCTION events_stay_but_for_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = OLD.id AND NEW.organization_id = OLD.organization_id
        AND NEW.kind = OLD.kind AND NEW.at = OLD.at AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id
        AND NEW.subject_id IS NOT DISTINCT FROM OLD.subject_id
        AND NEW.portal_id IS NOT DISTINCT FROM OLD.portal_id
        AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id
        AND (NEW.data = OLD.data OR (NEW.data = 'null' AND (
            EXISTS (SELECT 1 FROM erased e WHERE e.organization_id = OLD.organization_id
                AND e.subject_id IN (OLD.actor_id, OLD.person_id, OLD.subject_id))
            OR (OLD.kind IN ('message.mail-refused', 'organization.audit-exported')
                AND EXISTS (SELECT 1 FROM erased e WHERE e.organization_id = OLD.organization_id
                    AND e.erased_at >= OLD.at)))))
        AND (NEW.address IS NOT DISTINCT FROM OLD.address OR (NEW.address IS NULL AND
            EXISTS (SELECT 1 FROM erased e WHERE e.organization_id = OLD.organization_id
                AND e.subject_id = COALESCE(OLD.actor_id, OLD.person_id))))
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'what happened stays';
END $$;
CREATE TRIGGER events_kept BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION events_stay_but_for_words();

-- For what is about one person; by who acted and by what it was about there is one already.
CREATE INDEX events_by_person ON events (organization_id, person_id, id);
