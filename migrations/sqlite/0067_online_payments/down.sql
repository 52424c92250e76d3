ALTER TABLE billing_payments DROP COLUMN provider_name;
DROP TABLE billing_provider_events;
DROP TABLE billing_saved_methods;
DROP TABLE billing_online_refunds;
DROP TABLE billing_attempts;
