-- What changed what a client owes, as statements and the accountant's export read it.
CREATE VIEW billing_movements AS
SELECT d.organization_id, d.id, d.id AS document_id, d.kind AS document_kind, d.number, d.client_id, d.currency,
    d.kind, d.gross AS amount, d.issue_on AS moved_on, '' AS words
FROM billing_documents d
WHERE d.issued_at IS NOT NULL AND d.kind <> 'quote'
UNION ALL
SELECT p.organization_id, p.id, d.id AS document_id, d.kind AS document_kind, d.number, d.client_id, d.currency,
    p.kind, p.amount, p.paid_on AS moved_on, p.words
FROM billing_payments p
JOIN billing_documents d ON d.organization_id = p.organization_id AND d.id = p.document_id
WHERE p.deleted_at IS NULL;
