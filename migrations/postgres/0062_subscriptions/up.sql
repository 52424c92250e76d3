-- One more kind of document. Of a subscription invoices are made; it is never one itself.
ALTER TABLE billing_documents DROP CONSTRAINT billing_documents_kind_check;
ALTER TABLE billing_documents ADD CONSTRAINT billing_documents_kind_check
    CHECK (kind IN ('quote', 'invoice', 'credit-note', 'subscription'));
ALTER TABLE billing_documents ADD CHECK (kind <> 'subscription' OR issued_at IS NULL);

-- When and how often a document of the kind 'subscription' makes invoices (P26).
CREATE TABLE billing_subscriptions (
    organization_id BYTEA NOT NULL,
    document_id BYTEA NOT NULL,
    name TEXT NOT NULL,
    every INTEGER NOT NULL CHECK (every > 0),
    unit TEXT NOT NULL CHECK (unit IN ('week', 'month', 'year')),
    -- The period with the number first_number begins on this day; each other one is reckoned from it.
    anchor_on TEXT NOT NULL,
    first_number INTEGER NOT NULL,
    -- The first period that neither has an invoice nor was passed over, and the day on which it begins.
    next_number INTEGER NOT NULL,
    next_on TEXT NOT NULL,
    ends_on TEXT,
    payment_days INTEGER,
    state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'paused', 'cancelled')),
    paused_on TEXT,
    PRIMARY KEY (organization_id, document_id),
    FOREIGN KEY (organization_id, document_id) REFERENCES billing_documents (organization_id, id),
    CHECK ((state = 'paused') = (paused_on IS NOT NULL))
);
CREATE INDEX billing_subscriptions_by_next_day ON billing_subscriptions (organization_id, state, next_on, document_id);

-- What became of each period. Its keys see to it that none is invoiced twice, whoever tries.
CREATE TABLE billing_periods (
    organization_id BYTEA NOT NULL,
    subscription_id BYTEA NOT NULL,
    number INTEGER NOT NULL,
    begins_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    -- None for a period that was passed over while the subscription was paused.
    invoice_id BYTEA,
    PRIMARY KEY (organization_id, subscription_id, number),
    FOREIGN KEY (organization_id, subscription_id) REFERENCES billing_subscriptions (organization_id, document_id),
    FOREIGN KEY (organization_id, invoice_id) REFERENCES billing_documents (organization_id, id)
);
CREATE UNIQUE INDEX billing_periods_by_day ON billing_periods (organization_id, subscription_id, begins_on);
CREATE UNIQUE INDEX billing_periods_by_invoice ON billing_periods (organization_id, invoice_id);

CREATE FUNCTION billing_period_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what became of a period stays';
END $$;
CREATE TRIGGER billing_periods_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON billing_periods
EXECUTE FUNCTION billing_period_kept();
