-- The client owes the tax (EN 16931, category AE). What was written before stays an exemption with a reason.
ALTER TABLE billing_taxes ADD COLUMN is_reverse_charge BOOLEAN NOT NULL DEFAULT FALSE;
DROP TRIGGER billing_taxes_kept;
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
WHEN NEW.name <> OLD.name OR NEW.percent <> OLD.percent OR NEW.exemption <> OLD.exemption OR NEW.id <> OLD.id
    OR NEW.is_reverse_charge <> OLD.is_reverse_charge
BEGIN SELECT RAISE(ABORT, 'a tax rate is frozen'); END;
