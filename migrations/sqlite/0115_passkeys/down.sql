DROP TABLE passkey_ceremonies;
DROP TABLE passkeys;
-- Whoever had nothing but passkeys has no second step.
UPDATE people SET second_step_at = NULL WHERE NOT EXISTS (
    SELECT 1 FROM second_steps
    WHERE second_steps.organization_id = people.organization_id AND second_steps.person_id = people.id
    AND second_steps.proved_at IS NOT NULL
);
ALTER TABLE second_steps DROP COLUMN proved_at;
