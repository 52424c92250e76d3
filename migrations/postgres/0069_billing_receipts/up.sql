-- Of a payment, as it was drawn when the payment was recorded, once in each language.
CREATE TABLE billing_receipts (
    organization_id BYTEA NOT NULL,
    payment_id BYTEA NOT NULL,
    language TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (organization_id, payment_id, language),
    FOREIGN KEY (organization_id, payment_id) REFERENCES billing_payments (organization_id, id)
);

CREATE TRIGGER billing_receipts_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_receipts
EXECUTE FUNCTION billing_frozen();

-- Sums of a period need no look at what lies outside it.
CREATE INDEX billing_documents_by_issue_day ON billing_documents (organization_id, issue_on, id);
CREATE INDEX billing_payments_by_day ON billing_payments (organization_id, paid_on, id);
