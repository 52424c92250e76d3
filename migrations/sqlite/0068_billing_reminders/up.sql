-- That somebody was reminded of an invoice. The key is what keeps a mail from being sent twice: 'before-3' and 'after-10'
-- are of days beside the due date and happen once for ever, 'asked-2026-11-27' is of staff and happens once a day.
CREATE TABLE billing_reminders (
    organization_id BLOB NOT NULL,
    document_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    occasion TEXT NOT NULL,
    reminded_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, document_id, person_id, occasion),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
