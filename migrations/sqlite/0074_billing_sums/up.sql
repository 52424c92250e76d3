-- What the database adds up with every change, so that no page adds up what was settled long ago: what is left to pay
-- of each invoice, and what was moved on each day. How an invoice stands follows from its account all the same (P24).
CREATE TABLE billing_balances (
    organization_id BLOB NOT NULL,
    document_id BLOB NOT NULL,
    due_on TEXT,
    balance BIGINT NOT NULL,
    -- Reckoned and never set: what a standing follows from is the account (P24).
    is_owed BOOLEAN NOT NULL GENERATED ALWAYS AS (balance > 0) STORED,
    PRIMARY KEY (organization_id, document_id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id)
);
-- What is owed, the earliest due date first.
CREATE INDEX billing_balances_owed ON billing_balances (organization_id, is_owed, due_on, document_id);

-- As `billing_movements` has it, by day.
CREATE TABLE billing_days (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    moved_on TEXT NOT NULL,
    currency TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (organization_id, moved_on, currency, kind)
);

INSERT INTO billing_balances (organization_id, document_id, due_on, balance)
SELECT d.organization_id, d.id, d.due_on, d.gross
    - COALESCE((SELECT SUM(CASE p.kind WHEN 'payment' THEN p.amount ELSE -p.amount END) FROM billing_payments p
        WHERE p.organization_id = d.organization_id AND p.document_id = d.id AND p.deleted_at IS NULL), 0)
    - COALESCE((SELECT SUM(c.gross) FROM billing_documents c
        WHERE c.organization_id = d.organization_id AND c.corrects_id = d.id AND c.issued_at IS NOT NULL), 0)
FROM billing_documents d
WHERE d.kind = 'invoice' AND d.issued_at IS NOT NULL;
INSERT INTO billing_days (organization_id, moved_on, currency, kind, amount)
SELECT organization_id, moved_on, currency, kind, SUM(amount) FROM billing_movements
GROUP BY organization_id, moved_on, currency, kind;

CREATE TRIGGER billing_documents_added_up AFTER UPDATE OF issued_at ON billing_documents
WHEN OLD.issued_at IS NULL AND NEW.issued_at IS NOT NULL AND NEW.kind IN ('invoice', 'credit-note')
BEGIN
    INSERT INTO billing_balances (organization_id, document_id, due_on, balance)
    SELECT NEW.organization_id, NEW.id, NEW.due_on, NEW.gross WHERE NEW.kind = 'invoice';
    UPDATE billing_balances SET balance = balance - NEW.gross
    WHERE NEW.kind = 'credit-note' AND organization_id = NEW.organization_id AND document_id = NEW.corrects_id;
    INSERT INTO billing_days (organization_id, moved_on, currency, kind, amount)
    VALUES (NEW.organization_id, NEW.issue_on, NEW.currency, NEW.kind, NEW.gross)
    ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;
END;

CREATE TRIGGER billing_payments_added_up AFTER INSERT ON billing_payments WHEN NEW.deleted_at IS NULL
BEGIN
    UPDATE billing_balances
    SET balance = balance - CASE NEW.kind WHEN 'payment' THEN NEW.amount ELSE -NEW.amount END
    WHERE organization_id = NEW.organization_id AND document_id = NEW.document_id;
    INSERT INTO billing_days (organization_id, moved_on, currency, kind, amount)
    SELECT NEW.organization_id, NEW.paid_on, d.currency, NEW.kind, NEW.amount FROM billing_documents d
    WHERE d.organization_id = NEW.organization_id AND d.id = NEW.document_id
    ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;
END;

-- Removed, or brought back.
CREATE TRIGGER billing_payments_added_up_again AFTER UPDATE OF deleted_at ON billing_payments
WHEN (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)
BEGIN
    UPDATE billing_balances
    SET balance = balance + CASE WHEN (NEW.kind = 'payment') = (NEW.deleted_at IS NULL) THEN -NEW.amount ELSE NEW.amount END
    WHERE organization_id = NEW.organization_id AND document_id = NEW.document_id;
    INSERT INTO billing_days (organization_id, moved_on, currency, kind, amount)
    SELECT NEW.organization_id, NEW.paid_on, d.currency, NEW.kind,
        CASE WHEN NEW.deleted_at IS NULL THEN NEW.amount ELSE -NEW.amount END
    FROM billing_documents d WHERE d.organization_id = NEW.organization_id AND d.id = NEW.document_id
    ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;
END;

-- Nobody reads a document twice: where it was sent to several colleagues, one of them stands for all.
DROP VIEW billing_readers;
CREATE VIEW billing_readers AS
SELECT r.organization_id, r.document_id, r.person_id AS reader_id, r.person_id
FROM billing_recipients r
WHERE r.revoked_at IS NULL
UNION ALL
SELECT r.organization_id, r.document_id, reader.id AS reader_id, r.person_id
FROM billing_recipients r
JOIN people person ON person.organization_id = r.organization_id AND person.id = r.person_id
JOIN billing_open_companies o
    ON o.organization_id = person.organization_id AND o.company_id = person.company_id
JOIN people reader
    ON reader.organization_id = person.organization_id AND reader.company_id = person.company_id
    AND reader.id <> person.id AND reader.role = 'client' AND reader.removed_at IS NULL
WHERE r.revoked_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM billing_recipients other
    JOIN people colleague ON colleague.organization_id = other.organization_id AND colleague.id = other.person_id
    WHERE other.organization_id = r.organization_id AND other.document_id = r.document_id
    AND other.revoked_at IS NULL AND colleague.company_id = person.company_id
    AND (other.person_id = reader.id OR other.person_id < r.person_id)
);
