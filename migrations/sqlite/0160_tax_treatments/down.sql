ALTER TABLE billing_documents DROP COLUMN delivery_country;
ALTER TABLE billing_documents DROP COLUMN delivered_on;
DROP TRIGGER billing_taxes_kept;
UPDATE billing_taxes SET is_reverse_charge = TRUE WHERE treatment = 'reverse-charge';
ALTER TABLE billing_taxes DROP COLUMN treatment;
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
WHEN NEW.name <> OLD.name OR NEW.percent <> OLD.percent OR NEW.exemption <> OLD.exemption OR NEW.id <> OLD.id
    OR NEW.is_reverse_charge <> OLD.is_reverse_charge
BEGIN SELECT RAISE(ABORT, 'a tax rate is frozen'); END;
