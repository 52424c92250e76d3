-- To which the mail server refused a mail for good, and what it said. Whose they are, people tell.
CREATE TABLE refused_addresses (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    email TEXT NOT NULL,
    refused_at BIGINT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (organization_id, email)
);
