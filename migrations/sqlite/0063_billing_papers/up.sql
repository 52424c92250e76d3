-- Two letters of ISO 3166-1, for electronic invoices; empty where nobody said.
ALTER TABLE billing_documents ADD COLUMN buyer_country TEXT NOT NULL DEFAULT '';

-- What was issued, as it was drawn then, once in each language.
CREATE TABLE billing_papers (
    organization_id BLOB NOT NULL,
    document_id BLOB NOT NULL,
    language TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (organization_id, document_id, language),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id)
);

-- `INSERT OR REPLACE` fires no trigger on deletion.
CREATE TRIGGER billing_papers_kept BEFORE UPDATE ON billing_papers
BEGIN SELECT RAISE(ABORT, 'what is drawn is frozen'); END;
CREATE TRIGGER billing_papers_undeleted BEFORE DELETE ON billing_papers
BEGIN SELECT RAISE(ABORT, 'what is drawn is frozen'); END;
CREATE TRIGGER billing_papers_unreplaced BEFORE INSERT ON billing_papers
WHEN EXISTS (SELECT 1 FROM billing_papers p WHERE p.organization_id = NEW.organization_id
    AND p.document_id = NEW.document_id AND p.language = NEW.language)
BEGIN SELECT RAISE(ABORT, 'what is drawn is frozen'); END;
CREATE TRIGGER billing_papers_early BEFORE INSERT ON billing_papers
WHEN NOT EXISTS (SELECT 1 FROM billing_documents d WHERE d.organization_id = NEW.organization_id
    AND d.id = NEW.document_id AND d.issued_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'only what is issued is drawn'); END;
