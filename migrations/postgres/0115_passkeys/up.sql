-- The app of a person counts by itself now, since a passkey is a second step, too: people.second_step_at says that there is
-- one or the other.
ALTER TABLE second_steps ADD COLUMN proved_at BIGINT;
UPDATE second_steps SET proved_at = (
    SELECT people.second_step_at FROM people
    WHERE people.organization_id = second_steps.organization_id AND people.id = second_steps.person_id
);

-- A public key of a person's device, as the library writes it. It is good at one host alone. The counter is that of the last
-- use, zero where the device has none.
CREATE TABLE passkeys (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    credential_id BYTEA NOT NULL,
    host TEXT NOT NULL,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    counter BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX passkeys_by_person ON passkeys (organization_id, person_id);
CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (organization_id, credential_id);

-- What a browser was asked a moment ago: its answer is compared with this, once.
CREATE TABLE passkey_ceremonies (
    organization_id BYTEA NOT NULL,
    token_hash BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (organization_id, token_hash),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX passkey_ceremonies_by_person ON passkey_ceremonies (organization_id, person_id);
