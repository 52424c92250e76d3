ALTER TABLE billing_lines ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE billing_lines ADD COLUMN optional BOOLEAN NOT NULL DEFAULT FALSE;
-- The quote that an invoice was made of.
ALTER TABLE billing_documents ADD COLUMN quote_id BLOB;
CREATE INDEX billing_documents_by_quote ON billing_documents (organization_id, quote_id);

-- What became of a quote. One row for each: whoever comes second finds it taken (P22).
CREATE TABLE billing_decisions (
    organization_id BLOB NOT NULL,
    document_id BLOB NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'declined', 'withdrawn')),
    person_id BLOB NOT NULL,
    name TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    address TEXT,
    -- Of what was shown and chosen, and the choice itself: the ids of the optional lines.
    shown TEXT,
    chosen TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (organization_id, document_id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);

CREATE TRIGGER billing_decisions_kept BEFORE UPDATE ON billing_decisions
BEGIN SELECT RAISE(ABORT, 'what is decided is frozen'); END;
CREATE TRIGGER billing_decisions_undeleted BEFORE DELETE ON billing_decisions
BEGIN SELECT RAISE(ABORT, 'what is decided is frozen'); END;
