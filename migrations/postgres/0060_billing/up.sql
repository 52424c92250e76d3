CREATE TABLE billing_taxes (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    percent TEXT NOT NULL,
    exemption TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (organization_id, id)
);

-- The last number given in each series; a row is locked until its number is committed.
CREATE TABLE billing_series (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (organization_id, kind, year)
);

CREATE TABLE billing_documents (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    id BYTEA NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('quote', 'invoice', 'credit-note')),
    client_id BYTEA NOT NULL,
    project_id BYTEA,
    corrects_id BYTEA,
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
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, client_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id),
    FOREIGN KEY (organization_id, corrects_id) REFERENCES billing_documents (organization_id, id),
    CHECK ((kind = 'credit-note') = (corrects_id IS NOT NULL)),
    CHECK (issued_at IS NULL OR (number IS NOT NULL AND seller IS NOT NULL AND net IS NOT NULL
        AND gross IS NOT NULL AND issue_on IS NOT NULL AND due_on IS NOT NULL AND deleted_at IS NULL))
);
CREATE UNIQUE INDEX billing_numbers ON billing_documents (organization_id, kind, number) WHERE number IS NOT NULL;
CREATE INDEX billing_documents_by_kind ON billing_documents (organization_id, kind, id);
CREATE INDEX billing_documents_by_due_day ON billing_documents (organization_id, kind, due_on, id);
CREATE INDEX billing_documents_by_corrected ON billing_documents (organization_id, corrects_id);
CREATE INDEX billing_documents_by_client ON billing_documents (organization_id, client_id, id);
CREATE INDEX billing_documents_by_project ON billing_documents (organization_id, project_id, id);

CREATE TABLE billing_lines (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    document_id BYTEA NOT NULL,
    position INTEGER NOT NULL,
    description TEXT NOT NULL,
    quantity TEXT NOT NULL,
    unit_price TEXT NOT NULL,
    discount TEXT NOT NULL,
    tax_id BYTEA,
    net BIGINT NOT NULL,
    -- The line of the invoice that this line of a credit note takes back.
    corrects_id BYTEA,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id),
    FOREIGN KEY (organization_id, tax_id) REFERENCES billing_taxes (organization_id, id),
    FOREIGN KEY (organization_id, corrects_id) REFERENCES billing_lines (organization_id, id)
);
CREATE INDEX billing_lines_by_document ON billing_lines (organization_id, document_id, position);

CREATE TABLE billing_tax_totals (
    organization_id BYTEA NOT NULL,
    document_id BYTEA NOT NULL,
    tax_id BYTEA NOT NULL,
    position INTEGER NOT NULL,
    base BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (organization_id, document_id, tax_id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id),
    FOREIGN KEY (organization_id, tax_id) REFERENCES billing_taxes (organization_id, id)
);

CREATE TABLE billing_recipients (
    organization_id BYTEA NOT NULL,
    document_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    sent_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (organization_id, document_id, person_id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX billing_recipients_by_person ON billing_recipients (organization_id, person_id, document_id);

CREATE TABLE billing_payments (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    document_id BYTEA NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'refund')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    paid_on TEXT NOT NULL,
    words TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id)
);
CREATE INDEX billing_payments_by_document ON billing_payments (organization_id, document_id);

-- What is issued is frozen (P23), whoever asks.
CREATE FUNCTION billing_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is issued is frozen';
END $$;

CREATE FUNCTION billing_lines_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM billing_documents d
        WHERE d.organization_id = OLD.organization_id AND d.id = OLD.document_id AND d.issued_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what is issued is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT 1 FROM billing_documents d
        WHERE d.organization_id = NEW.organization_id AND d.id = NEW.document_id AND d.issued_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what is issued is frozen';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER billing_documents_kept BEFORE UPDATE OR DELETE ON billing_documents
FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) EXECUTE FUNCTION billing_frozen();
CREATE TRIGGER billing_documents_unemptied BEFORE TRUNCATE ON billing_documents EXECUTE FUNCTION billing_frozen();

CREATE TRIGGER billing_lines_kept BEFORE INSERT OR UPDATE OR DELETE ON billing_lines
FOR EACH ROW EXECUTE FUNCTION billing_lines_frozen();
CREATE TRIGGER billing_lines_unemptied BEFORE TRUNCATE ON billing_lines EXECUTE FUNCTION billing_frozen();

CREATE TRIGGER billing_tax_totals_unadded BEFORE INSERT ON billing_tax_totals
FOR EACH ROW EXECUTE FUNCTION billing_lines_frozen();
CREATE TRIGGER billing_tax_totals_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_tax_totals
EXECUTE FUNCTION billing_frozen();

-- A rate is taken off the list and never changed.
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
FOR EACH ROW WHEN ((NEW.name, NEW.percent, NEW.exemption, NEW.id) <> (OLD.name, OLD.percent, OLD.exemption, OLD.id))
EXECUTE FUNCTION billing_frozen();
