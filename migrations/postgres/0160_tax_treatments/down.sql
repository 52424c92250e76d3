ALTER TABLE billing_documents DROP COLUMN delivery_country;
ALTER TABLE billing_documents DROP COLUMN delivered_on;
DROP TRIGGER billing_taxes_kept ON billing_taxes;
UPDATE billing_taxes SET is_reverse_charge = TRUE WHERE treatment = 'reverse-charge';
ALTER TABLE billing_taxes DROP COLUMN treatment;
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
FOR EACH ROW WHEN ((NEW.name, NEW.percent, NEW.exemption, NEW.id, NEW.is_reverse_charge)
    <> (OLD.name, OLD.percent, OLD.exemption, OLD.id, OLD.is_reverse_charge))
EXECUTE FUNCTION billing_frozen();
