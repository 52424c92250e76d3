-- A mail that lets its reader in: by the token of its link in any browser, or by its code in the one that asked for it.
-- All three are stored hashed, the code together with the installation's secret.
CREATE TABLE sign_in_links (
    organization_id BYTEA NOT NULL,
    token_hash BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    email TEXT NOT NULL,
    browser_hash BYTEA NOT NULL,
    code_hash BYTEA NOT NULL,
    guesses INTEGER NOT NULL,
    return_to TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (organization_id, token_hash),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX sign_in_links_by_person ON sign_in_links (organization_id, person_id);
CREATE INDEX sign_in_links_by_browser ON sign_in_links (organization_id, browser_hash);
