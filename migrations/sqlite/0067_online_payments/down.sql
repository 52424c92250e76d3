DROP INDEX billing_documents_by_corrected;
CREATE INDEX billing_documents_by_corrected ON billing_documents (organization_id, corrects_id);
DROP INDEX billing_payments_by_document;
CREATE INDEX billing_payments_by_document ON billing_payments (organization_id, document_id);
ALTER TABLE billing_payments DROP COLUMN provider_name;
DROP TABLE billing_provider_events;
DROP TABLE billing_saved_methods;
DROP TABLE billing_online_refunds;
DROP TABLE billing_attempts;
