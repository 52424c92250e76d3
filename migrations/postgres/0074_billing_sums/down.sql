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
WHERE r.revoked_at IS NULL;
DROP TRIGGER billing_payments_added_up_again ON billing_payments;
DROP TRIGGER billing_payments_added_up ON billing_payments;
DROP TRIGGER billing_documents_added_up ON billing_documents;
DROP FUNCTION billing_payment_added_up;
DROP FUNCTION billing_document_added_up;
DROP FUNCTION billing_add_to_day;
DROP FUNCTION billing_add_up;
DROP TABLE billing_days;
DROP TABLE billing_balances;
