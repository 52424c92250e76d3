DROP TRIGGER billing_taxes_kept ON billing_taxes;
ALTER TABLE billing_taxes DROP COLUMN is_reverse_charge;
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
FOR EACH ROW WHEN ((NEW.name, NEW.percent, NEW.exemption, NEW.id) <> (OLD.name, OLD.percent, OLD.exemption, OLD.id))
EXECUTE FUNCTION billing_frozen();
