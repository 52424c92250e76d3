//! Tax rates, by the names that the organization gives them. A rate is never changed, only taken off
//! the list: what was invoiced with it stays what it was.

use portico_facts::TaxId;
use portico_kernel::{Name, Problems, parse_words};
use serde::Deserialize;

use crate::{figure::TaxPercent, money::Money};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tax {
    pub id: TaxId,
    pub name: String,
    pub percent: TaxPercent,
    /// Why nothing is charged (EN 16931, BT-120), such as "Article 132"; empty where it is.
    pub exemption: String,
    /// The client owes the tax (Directive 2006/112/EC, article 196).
    pub is_reverse_charge: bool,
}

impl Tax {
    /// On the sum of a rate's lines, never on one of them (P21).
    pub fn on(&self, base: Money) -> Money {
        let hundredfold = base.decimal() * self.percent.decimal();
        // A sum of at most 500 lines and a rate of at most 100 % keep it in bounds.
        Money::rounded(hundredfold / rust_decimal::Decimal::ONE_HUNDRED, base.currency()).unwrap_or(base)
    }

    /// Whether their lines are summed up together (EN 16931, BG-23).
    pub fn is_taxed_with(&self, other: &Tax) -> bool {
        self.percent == other.percent
            && self.exemption == other.exemption
            && self.is_reverse_charge == other.is_reverse_charge
    }
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaxForm {
    pub name: String,
    pub percent: String,
    pub exemption: String,
    /// "yes" when ticked.
    pub reverse_charge: String,
}

/// As it may be stored.
#[derive(Clone, Debug)]
pub struct TaxDetails {
    pub name: Name,
    pub percent: TaxPercent,
    pub exemption: String,
    pub is_reverse_charge: bool,
}

impl TaxForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<TaxDetails, Problems> {
        let mut problems = Problems::default();
        let name = problems.keep("name", Name::parse(&self.name));
        let percent = problems.keep("percent", TaxPercent::parse(&self.percent));
        let exemption =
            problems.keep("exemption", parse_words(self.exemption.trim(), 300, "billing-error-long"));
        let is_reverse_charge = self.reverse_charge == "yes";
        let (Some(name), Some(percent), Some(exemption)) = (name, percent, exemption) else {
            return Err(problems);
        };
        if percent.decimal().is_zero() {
            return Ok(TaxDetails { name, percent, exemption, is_reverse_charge });
        }
        if !exemption.is_empty() {
            problems.add("exemption", "billing-error-exemption");
        }
        if is_reverse_charge {
            problems.add("percent", "billing-error-reverse-charge");
        }
        match problems.is_empty() {
            true => Ok(TaxDetails { name, percent, exemption, is_reverse_charge }),
            false => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_for_no_tax_stands_beside_no_tax() {
        let form = |percent: &str, exemption: &str| TaxForm {
            name: "VAT".into(),
            percent: percent.into(),
            exemption: exemption.into(),
            ..TaxForm::default()
        };
        assert!(form("0", "Reverse charge").parse().is_ok());
        assert!(form("20", "").parse().is_ok());
        let problems = form("20", "Reverse charge").parse().err().unwrap_or_default();
        assert_eq!(problems.of("exemption"), Some("billing-error-exemption"));
        let reversed = |percent| TaxForm { reverse_charge: "yes".into(), ..form(percent, "") };
        assert!(reversed("0").parse().is_ok_and(|details| details.is_reverse_charge));
        let problems = reversed("20").parse().err().unwrap_or_default();
        assert_eq!(problems.of("percent"), Some("billing-error-reverse-charge"));
    }
}
