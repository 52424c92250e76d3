DROP TRIGGER billing_taxes_kept;
ALTER TABLE billing_taxes DROP COLUMN is_reverse_charge;
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
WHEN NEW.name <> OLD.name OR NEW.percent <> OLD.percent OR NEW.exemption <> OLD.exemption OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'a tax rate is frozen'); END;
