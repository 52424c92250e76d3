-- Two letters of ISO 3166-1, for electronic invoices; empty where nobody said.
ALTER TABLE billing_documents ADD COLUMN buyer_country TEXT NOT NULL DEFAULT '';

-- What was issued, as it was drawn then, once in each language.
CREATE TABLE billing_papers (
    organization_id BYTEA NOT NULL,
    document_id BYTEA NOT NULL,
    language TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (organization_id, document_id, language),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id)
);

CREATE FUNCTION billing_papers_of_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM billing_documents d
        WHERE d.organization_id = NEW.organization_id AND d.id = NEW.document_id AND d.issued_at IS NOT NULL) THEN
        RAISE EXCEPTION 'only what is issued is drawn';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER billing_papers_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_papers
EXECUTE FUNCTION billing_frozen();
CREATE TRIGGER billing_papers_early BEFORE INSERT ON billing_papers
FOR EACH ROW EXECUTE FUNCTION billing_papers_of_issued();
