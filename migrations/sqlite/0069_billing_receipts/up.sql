-- Of a payment, as it was drawn when the payment was recorded, once in each language.
CREATE TABLE billing_receipts (
    organization_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    language TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (organization_id, payment_id, language),
    FOREIGN KEY (organization_id, payment_id) REFERENCES billing_payments (organization_id, id)
);

-- `INSERT OR REPLACE` fires no trigger on deletion.
CREATE TRIGGER billing_receipts_kept BEFORE UPDATE ON billing_receipts
BEGIN SELECT RAISE(ABORT, 'what is drawn is frozen'); END;
CREATE TRIGGER billing_receipts_undeleted BEFORE DELETE ON billing_receipts
BEGIN SELECT RAISE(ABORT, 'what is drawn is frozen'); END;
CREATE TRIGGER billing_receipts_unreplaced BEFORE INSERT ON billing_receipts
WHEN EXISTS (SELECT 1 FROM billing_receipts r WHERE r.organization_id = NEW.organization_id
    AND r.payment_id = NEW.payment_id AND r.language = NEW.language)
BEGIN SELECT RAISE(ABORT, 'what is drawn is frozen'); END;

-- Sums of a period need no look at what lies outside it.
CREATE INDEX billing_documents_by_issue_day ON billing_documents (organization_id, issue_on, id);
CREATE INDEX billing_payments_by_day ON billing_payments (organization_id, paid_on, id);
