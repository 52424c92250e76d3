-- Whether a period that is cut short is charged by its days.
ALTER TABLE billing_subscriptions ADD COLUMN prorates BOOLEAN NOT NULL DEFAULT FALSE;
