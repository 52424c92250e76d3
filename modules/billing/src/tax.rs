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
    /// Why nothing is charged (EN 16931, BT-120), such as "Reverse charge"; empty where it is.
    pub exemption: String,
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
        self.percent == other.percent && self.exemption == other.exemption
    }
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaxForm {
    pub name: String,
    pub percent: String,
    pub exemption: String,
}

/// As it may be stored.
#[derive(Clone, Debug)]
pub struct TaxDetails {
    pub name: Name,
    pub percent: TaxPercent,
    pub exemption: String,
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
        match (name, percent, exemption) {
            (Some(_), Some(percent), Some(exemption))
                if !exemption.is_empty() && !percent.decimal().is_zero() =>
            {
                problems.add("exemption", "billing-error-exemption");
                Err(problems)
            }
            (Some(name), Some(percent), Some(exemption)) => Ok(TaxDetails { name, percent, exemption }),
            _ => Err(problems),
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
        };
        assert!(form("0", "Reverse charge").parse().is_ok());
        assert!(form("20", "").parse().is_ok());
        let problems = form("20", "Reverse charge").parse().err().unwrap_or_default();
        assert_eq!(problems.of("exemption"), Some("billing-error-exemption"));
    }
}
