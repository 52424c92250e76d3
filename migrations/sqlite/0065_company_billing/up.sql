-- Companies whose people see what was billed to any of them (P8). Without a row they do not.
CREATE TABLE billing_open_companies (
    organization_id BLOB NOT NULL,
    company_id BLOB NOT NULL,
    opened_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, company_id),
    FOREIGN KEY (organization_id, company_id) REFERENCES companies (organization_id, id)
);

-- Who can read a document that was sent, and to whom it was sent: to themselves, or to a colleague.
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
