-- Why a rate of 0 percent is none of the usual ones: besides the reverse charge (EN 16931, category AE) goods for another
-- country of the European Union (K), goods that leave it (G), and what is outside of the tax (O). The flag of before stays for
-- machines that run an older program meanwhile.
ALTER TABLE billing_taxes ADD COLUMN treatment TEXT NOT NULL DEFAULT 'usual'
    CHECK (treatment IN ('usual', 'reverse-charge', 'intra-community', 'export', 'not-subject'));
DROP TRIGGER billing_taxes_kept ON billing_taxes;
UPDATE billing_taxes SET treatment = 'reverse-charge' WHERE is_reverse_charge;
CREATE TRIGGER billing_taxes_kept BEFORE UPDATE ON billing_taxes
FOR EACH ROW WHEN ((NEW.name, NEW.percent, NEW.exemption, NEW.id, NEW.is_reverse_charge, NEW.treatment)
    <> (OLD.name, OLD.percent, OLD.exemption, OLD.id, OLD.is_reverse_charge, OLD.treatment))
EXECUTE FUNCTION billing_frozen();

-- When the goods got there, and to which country.
ALTER TABLE billing_documents ADD COLUMN delivered_on TEXT;
ALTER TABLE billing_documents ADD COLUMN delivery_country TEXT NOT NULL DEFAULT '';
