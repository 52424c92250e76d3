-- Why a rate of 0 percent is none of the usual ones: besides the reverse charge (EN 16931, category AE) goods for another
-- country of the European Union (K), goods that leave it (G), and what is outside of the tax (O). The flag of before stays as it
-- does on PostgreSQL, where machines may run an older program meanwhile.
ALTER TABLE billing_taxes ADD COLUMN treatment TEXT NOT NULL DEFAULT 'usual'
    CHECK (treatment IN ('usual', 'reverse-charge', 'intra-community', 'export', 'not-subject'));
DROP TRIGGER billing_taxes_kept;
UPDATE billing_taxes SET treatment = 'reverse-charge' WHERE is_reverse_charge;
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
WHEN NEW.name <> OLD.name OR NEW.percent <> OLD.percent OR NEW.exemption <> OLD.exemption OR NEW.id <> OLD.id
    OR NEW.is_reverse_charge <> OLD.is_reverse_charge OR NEW.treatment <> OLD.treatment
BEGIN SELECT RAISE(ABORT, 'a tax rate is frozen'); END;

-- When the goods got there, and to which country.
ALTER TABLE billing_documents ADD COLUMN delivered_on TEXT;
ALTER TABLE billing_documents ADD COLUMN delivery_country TEXT NOT NULL DEFAULT '';
