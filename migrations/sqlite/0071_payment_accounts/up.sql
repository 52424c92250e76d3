-- In which of the provider's accounts it was begun, where that was known: other keys cannot go on with it.
ALTER TABLE billing_attempts ADD COLUMN account TEXT;
ALTER TABLE billing_saved_methods ADD COLUMN account TEXT;

-- What the provider said of it and cannot be of it, until somebody has looked into it (T14).
ALTER TABLE billing_attempts ADD COLUMN misfit TEXT CHECK (misfit IN ('amount', 'session', 'mode'));
ALTER TABLE billing_attempts ADD COLUMN misfit_settled_at BIGINT;
CREATE INDEX billing_attempts_misfits ON billing_attempts (organization_id, id)
    WHERE misfit IS NOT NULL AND misfit_settled_at IS NULL;
