-- In what a quantity counts, by its code of UN/ECE Recommendation 20. What was written before counts in nothing but ones,
-- as its papers say.
ALTER TABLE billing_lines ADD COLUMN measure TEXT NOT NULL DEFAULT 'C62';
