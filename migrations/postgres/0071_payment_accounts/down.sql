DROP INDEX billing_attempts_misfits;
ALTER TABLE billing_attempts DROP COLUMN misfit_settled_at;
ALTER TABLE billing_attempts DROP COLUMN misfit;
ALTER TABLE billing_saved_methods DROP COLUMN account;
ALTER TABLE billing_attempts DROP COLUMN account;
