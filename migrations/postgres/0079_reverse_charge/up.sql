-- The client owes the tax (EN 16931, category AE). What was written before stays an exemption with a reason.
ALTER TABLE billing_taxes ADD COLUMN is_reverse_charge BOOLEAN NOT NULL DEFAULT FALSE;
DROP TRIGGER billing_taxes_kept ON billing_taxes;
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
FOR EACH ROW WHEN ((NEW.name, NEW.percent, NEW.exemption, NEW.id, NEW.is_reverse_charge)
    <> (OLD.name, OLD.percent, OLD.exemption, OLD.id, OLD.is_reverse_charge))
EXECUTE FUNCTION billing_frozen();
