-- What an organization asks of its staff beside a password, and who has it. Both are read with every request.
ALTER TABLE organizations ADD COLUMN demands_second_step BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE people ADD COLUMN second_step_at BIGINT;

-- The secret that a person's app shares with us, sealed. It counts once people.second_step_at is set; last_step is that of
-- the newest code that was taken, which is taken only once. Guesses are counted here, so that they are one number wherever
-- they come from.
CREATE TABLE second_steps (
    organization_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_step BIGINT NOT NULL,
    guesses INTEGER NOT NULL,
    guessed_since BIGINT NOT NULL,
    PRIMARY KEY (organization_id, person_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);

CREATE TABLE recovery_codes (
    organization_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    code_hash BYTEA NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (organization_id, person_id, code_hash),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);

-- Whoever has proved the first step and is asked for a code.
CREATE TABLE sign_ins (
    organization_id BYTEA NOT NULL,
    token_hash BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    return_to TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (organization_id, token_hash),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX sign_ins_by_person ON sign_ins (organization_id, person_id);
