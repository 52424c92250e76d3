-- A domain that an organization says is its own; several may say so of the same. Whose it is stands in
-- organizations.domain, once the domain answered with what only this installation knows.
CREATE TABLE domain_claims (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    domain TEXT NOT NULL,
    token TEXT NOT NULL,
    answer TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    checked_at BIGINT,
    failure TEXT,
    failing_since BIGINT,
    PRIMARY KEY (organization_id)
);
-- A request names it before anybody knows whose it is.
CREATE INDEX domain_claims_by_token ON domain_claims (token);
