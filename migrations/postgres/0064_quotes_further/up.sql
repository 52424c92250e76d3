-- Who sent it to them, and hears of the answer.
ALTER TABLE billing_recipients ADD COLUMN sent_by BYTEA;

-- What is asked for in advance once a quote is accepted: one of the two, or neither.
ALTER TABLE billing_documents ADD COLUMN deposit_percent TEXT;
ALTER TABLE billing_documents ADD COLUMN deposit_amount BIGINT;
-- Of a quote's two invoices, this is the one in advance.
ALTER TABLE billing_documents ADD COLUMN is_deposit BOOLEAN NOT NULL DEFAULT FALSE;
-- The line of the invoice in advance that this line of the final one takes off.
ALTER TABLE billing_lines ADD COLUMN deducts_id BYTEA;

-- The quote that this one was made to replace.
ALTER TABLE billing_documents ADD COLUMN replaces_id BYTEA;
CREATE INDEX billing_documents_by_replaced ON billing_documents (organization_id, replaces_id);

-- The project that was made of an accepted quote, which itself is frozen.
CREATE TABLE billing_founded_projects (
    organization_id BYTEA NOT NULL,
    quote_id BYTEA NOT NULL,
    project_id BYTEA NOT NULL,
    PRIMARY KEY (organization_id, quote_id),
    FOREIGN KEY (organization_id, quote_id) REFERENCES billing_documents (organization_id, id),
    FOREIGN KEY (organization_id, project_id) REFERENCES projects (organization_id, id)
);
CREATE INDEX billing_founded_projects_by_project ON billing_founded_projects (organization_id, project_id);

-- Quotes from which others begin.
CREATE TABLE billing_templates (
    organization_id BYTEA NOT NULL,
    quote_id BYTEA NOT NULL,
    name TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (organization_id, quote_id),
    FOREIGN KEY (organization_id, quote_id) REFERENCES billing_documents (organization_id, id)
);
