DROP TABLE sign_ins;
DROP TABLE recovery_codes;
DROP TABLE second_steps;
ALTER TABLE people DROP COLUMN second_step_at;
ALTER TABLE organizations DROP COLUMN demands_second_step;
