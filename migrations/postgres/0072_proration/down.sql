ALTER TABLE billing_subscriptions DROP COLUMN prorates;
