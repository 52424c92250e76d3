-- One more kind of document. SQLite changes no CHECK in place: the table is made anew, and what points to it counts
-- again once its rows are back.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE billing_documents_before AS SELECT * FROM billing_documents;
DROP TABLE billing_documents;
CREATE TABLE billing_documents (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('quote', 'invoice', 'credit-note', 'subscription')),
    client_id BLOB NOT NULL,
    project_id BLOB,
    corrects_id BLOB,
    currency TEXT NOT NULL,
    buyer TEXT NOT NULL,
    buyer_tax_number TEXT NOT NULL,
    words TEXT NOT NULL,
    issue_on TEXT,
    due_on TEXT,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    -- What issuing adds, once and for ever.
    issued_at BIGINT,
    number TEXT,
    seller TEXT,
    net BIGINT,
    gross BIGINT,
    -- The quote that an invoice was made of.
    quote_id BLOB,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, client_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id),
    FOREIGN KEY (organization_id, corrects_id) REFERENCES billing_documents (organization_id, id),
    CHECK ((kind = 'credit-note') = (corrects_id IS NOT NULL)),
    -- Of a subscription invoices are made; it is never one itself.
    CHECK (kind <> 'subscription' OR issued_at IS NULL),
    CHECK (issued_at IS NULL OR (number IS NOT NULL AND seller IS NOT NULL AND net IS NOT NULL
        AND gross IS NOT NULL AND issue_on IS NOT NULL AND due_on IS NOT NULL AND deleted_at IS NULL))
);
INSERT INTO billing_documents SELECT * FROM billing_documents_before;
DROP TABLE billing_documents_before;
CREATE UNIQUE INDEX billing_numbers ON billing_documents (organization_id, kind, number) WHERE number IS NOT NULL;
CREATE INDEX billing_documents_by_kind ON billing_documents (organization_id, kind, id);
CREATE INDEX billing_documents_by_due_day ON billing_documents (organization_id, kind, due_on, id);
CREATE INDEX billing_documents_by_corrected ON billing_documents (organization_id, corrects_id);
CREATE INDEX billing_documents_by_client ON billing_documents (organization_id, client_id, id);
CREATE INDEX billing_documents_by_project ON billing_documents (organization_id, project_id, id);
CREATE INDEX billing_documents_by_quote ON billing_documents (organization_id, quote_id);
CREATE TRIGGER billing_documents_kept BEFORE UPDATE ON billing_documents WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what is issued is frozen'); END;
CREATE TRIGGER billing_documents_undeleted BEFORE DELETE ON billing_documents WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what is issued is frozen'); END;
CREATE TRIGGER billing_documents_unreplaced BEFORE INSERT ON billing_documents
WHEN EXISTS (SELECT 1 FROM billing_documents d WHERE d.organization_id = NEW.organization_id
    AND (d.id = NEW.id OR d.kind = NEW.kind AND d.number = NEW.number) AND d.issued_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what is issued is frozen'); END;

-- When and how often a document of the kind 'subscription' makes invoices (P26).
CREATE TABLE billing_subscriptions (
    organization_id BLOB NOT NULL,
    document_id BLOB NOT NULL,
    name TEXT NOT NULL,
    every INTEGER NOT NULL CHECK (every > 0),
    unit TEXT NOT NULL CHECK (unit IN ('week', 'month', 'year')),
    -- The period with the number first_number begins on this day; each other one is reckoned from it.
    anchor_on TEXT NOT NULL,
    first_number INTEGER NOT NULL,
    -- The first period that neither has an invoice nor was passed over, and the day on which it begins.
    next_number INTEGER NOT NULL,
    next_on TEXT NOT NULL,
    ends_on TEXT,
    payment_days INTEGER,
    state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'paused', 'cancelled')),
    paused_on TEXT,
    PRIMARY KEY (organization_id, document_id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id),
    CHECK ((state = 'paused') = (paused_on IS NOT NULL))
);
CREATE INDEX billing_subscriptions_by_next_day ON billing_subscriptions (organization_id, state, next_on, document_id);

-- What became of each period. Its keys see to it that none is invoiced twice, whoever tries.
CREATE TABLE billing_periods (
    organization_id BLOB NOT NULL,
    subscription_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    begins_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    -- None for a period that was passed over while the subscription was paused.
    invoice_id BLOB,
    PRIMARY KEY (organization_id, subscription_id, number),
    FOREIGN KEY (organization_id, subscription_id) REFERENCES billing_subscriptions (organization_id, document_id),
    FOREIGN KEY (organization_id, invoice_id) REFERENCES billing_documents (organization_id, id)
);
CREATE UNIQUE INDEX billing_periods_by_day ON billing_periods (organization_id, subscription_id, begins_on);
CREATE UNIQUE INDEX billing_periods_by_invoice ON billing_periods (organization_id, invoice_id);

CREATE TRIGGER billing_periods_kept BEFORE UPDATE ON billing_periods
BEGIN SELECT RAISE(ABORT, 'what became of a period stays'); END;
CREATE TRIGGER billing_periods_undeleted BEFORE DELETE ON billing_periods
BEGIN SELECT RAISE(ABORT, 'what became of a period stays'); END;
