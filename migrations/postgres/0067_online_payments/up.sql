-- Payments begun on the provider's page, or charged by the clock. What comes of them the provider alone tells (P25).
CREATE TABLE billing_attempts (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    document_id BYTEA NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'processing', 'expired', 'failed', 'paid')),
    session TEXT,
    payment TEXT,
    address TEXT,
    begun_at BIGINT NOT NULL,
    is_charge BOOLEAN NOT NULL,
    is_live BOOLEAN NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id)
);
CREATE INDEX billing_attempts_by_document ON billing_attempts (organization_id, document_id, id);
CREATE UNIQUE INDEX billing_attempts_by_payment ON billing_attempts (organization_id, payment)
    WHERE payment IS NOT NULL;
CREATE INDEX billing_attempts_pending ON billing_attempts (organization_id, id) WHERE state IN ('open', 'processing');

-- Money that the provider gave back, also where somebody did so on the provider's own pages. A refund may be
-- told of before its payment is.
CREATE TABLE billing_online_refunds (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    refund TEXT NOT NULL,
    payment TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'succeeded', 'failed')),
    PRIMARY KEY (organization_id, refund)
);
CREATE INDEX billing_online_refunds_by_payment ON billing_online_refunds (organization_id, payment);

-- Ways of paying that clients left with the provider, for the invoices of their subscriptions. The provider alone
-- knows the card. A client has one; what came before it was removed.
CREATE TABLE billing_saved_methods (
    organization_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL,
    session TEXT,
    customer TEXT,
    method TEXT,
    words TEXT,
    is_live BOOLEAN NOT NULL,
    begun_at BIGINT NOT NULL,
    saved_at BIGINT,
    removed_at BIGINT,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX billing_saved_methods_by_person ON billing_saved_methods (organization_id, person_id, id);

-- What the provider told us and we took: each once (T14).
CREATE TABLE billing_provider_events (
    organization_id BYTEA NOT NULL REFERENCES organizations (id),
    event TEXT NOT NULL,
    kind TEXT NOT NULL,
    arrived_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, event)
);

-- The provider's name of it, for what was not recorded by hand.
ALTER TABLE billing_payments ADD COLUMN provider_name TEXT;

-- With what is added up of an invoice, so that a list of what is due reads no row of what was paid.
DROP INDEX billing_payments_by_document;
CREATE INDEX billing_payments_by_document ON billing_payments (organization_id, document_id, deleted_at, kind, amount);
DROP INDEX billing_documents_by_corrected;
CREATE INDEX billing_documents_by_corrected ON billing_documents (organization_id, corrects_id, issued_at, gross);
