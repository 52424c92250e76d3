ALTER TABLE billing_lines DROP COLUMN measure;
