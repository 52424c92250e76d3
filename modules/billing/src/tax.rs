//! Tax rates, by the names that the organization gives them. A rate is never changed, only taken off
//! the list: what was invoiced with it stays what it was.

use portico_billing_paper::Category;
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
    pub treatment: Treatment,
}

/// Why a rate of 0 percent is none of the usual ones.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Treatment {
    #[default]
    Usual,
    /// The client owes the tax (Directive 2006/112/EC, article 196).
    ReverseCharge,
    /// Goods for another country of the European Union (article 138).
    IntraCommunity,
    /// Goods that leave the European Union (article 146).
    Export,
    /// Nothing that the tax is about.
    NotSubject,
}

impl Treatment {
    /// In the order in which they are offered.
    pub const ALL: [Treatment; 5] = [
        Treatment::Usual,
        Treatment::ReverseCharge,
        Treatment::IntraCommunity,
        Treatment::Export,
        Treatment::NotSubject,
    ];

    /// As stored, and as a form sends it.
    pub fn name(self) -> &'static str {
        match self {
            Treatment::Usual => "usual",
            Treatment::ReverseCharge => "reverse-charge",
            Treatment::IntraCommunity => "intra-community",
            Treatment::Export => "export",
            Treatment::NotSubject => "not-subject",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|treatment| treatment.name() == name)
    }

    /// A form without the field means the usual one, as all rates were once.
    ///
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(chosen: &str) -> Result<Self, &'static str> {
        match chosen {
            "" => Ok(Treatment::Usual),
            name => Self::from_name(name).ok_or("billing-error-treatment"),
        }
    }

    /// The text that stands on documents; `None` for what goes without saying.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Treatment::Usual => None,
            Treatment::ReverseCharge => Some("billing-reverse-charge"),
            Treatment::IntraCommunity => Some("billing-intra-community"),
            Treatment::Export => Some("billing-export-of-goods"),
            Treatment::NotSubject => Some("billing-not-subject"),
        }
    }

    /// The same for programs, as the rules of EN 16931 name it.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Treatment::Usual => None,
            Treatment::ReverseCharge => Some("Reverse charge"),
            Treatment::IntraCommunity => Some("Intra-Community supply"),
            Treatment::Export => Some("Export outside the EU"),
            Treatment::NotSubject => Some("Not subject to VAT"),
        }
    }

    /// BT-151, of a rate of so many percent for which this reason is given.
    pub fn category(self, percent: TaxPercent, exemption: &str) -> Category {
        match self {
            Treatment::ReverseCharge => Category::ReverseCharge,
            Treatment::IntraCommunity => Category::IntraCommunity,
            Treatment::Export => Category::Export,
            Treatment::NotSubject => Category::NotSubject,
            Treatment::Usual => match (percent.decimal().is_zero(), exemption.is_empty()) {
                (false, _) => Category::Standard,
                (true, true) => Category::Zero,
                (true, false) => Category::Exempt,
            },
        }
    }
}

impl Tax {
    pub fn category(&self) -> Category {
        self.treatment.category(self.percent, &self.exemption)
    }

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
            && self.treatment == other.treatment
    }
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaxForm {
    pub name: String,
    pub percent: String,
    pub exemption: String,
    /// By its name.
    pub treatment: String,
}

/// As it may be stored.
#[derive(Clone, Debug)]
pub struct TaxDetails {
    pub name: Name,
    pub percent: TaxPercent,
    pub exemption: String,
    pub treatment: Treatment,
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
        let treatment = problems.keep("treatment", Treatment::parse(&self.treatment));
        let (Some(name), Some(percent), Some(exemption), Some(treatment)) =
            (name, percent, exemption, treatment)
        else {
            return Err(problems);
        };
        if percent.decimal().is_zero() {
            return Ok(TaxDetails { name, percent, exemption, treatment });
        }
        if !exemption.is_empty() {
            problems.add("exemption", "billing-error-exemption");
        }
        if treatment != Treatment::Usual {
            problems.add("percent", "billing-error-special-case");
        }
        match problems.is_empty() {
            true => Ok(TaxDetails { name, percent, exemption, treatment }),
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
    }

    fn special(treatment: &str, percent: &str, exemption: &str) -> TaxForm {
        TaxForm {
            name: "Abroad".into(),
            percent: percent.into(),
            exemption: exemption.into(),
            treatment: treatment.into(),
        }
    }

    #[test]
    fn a_special_case_is_one_of_0_percent() {
        for treatment in Treatment::ALL {
            let details = special(treatment.name(), "0", "").parse().expect("a rate");
            assert_eq!(details.treatment, treatment);
            let taxed = special(treatment.name(), "20", "").parse().err().unwrap_or_default();
            let refused = (treatment != Treatment::Usual).then_some("billing-error-special-case");
            assert_eq!(taxed.of("percent"), refused, "{treatment:?}");
        }
        assert!(special("", "20", "").parse().is_ok_and(|details| details.treatment == Treatment::Usual));
        for wrong in ["yes", "Export", "export ", "K", "\0"] {
            let problems = special(wrong, "0", "").parse().err().unwrap_or_default();
            assert_eq!(problems.of("treatment"), Some("billing-error-treatment"), "{wrong:?}");
        }
    }

    #[test]
    fn each_rate_has_its_category_of_untdid_5305_and_says_why() {
        // As EN 16931 names them.
        for (treatment, percent, exemption, code, reason_code) in [
            ("", "20", "", "S", None),
            ("", "0", "", "Z", None),
            ("", "0", "Article 132", "E", None),
            ("reverse-charge", "0", "", "AE", Some("VATEX-EU-AE")),
            ("intra-community", "0", "Article 138", "K", Some("VATEX-EU-IC")),
            ("export", "0", "", "G", Some("VATEX-EU-G")),
            ("not-subject", "0", "Article 44", "O", Some("VATEX-EU-O")),
        ] {
            let details = special(treatment, percent, exemption).parse().expect("a rate");
            let category = details.treatment.category(details.percent, &details.exemption);
            assert_eq!((category.code(), category.exemption_code()), (code, reason_code), "{treatment}");
            assert_eq!(details.treatment.reason().is_some(), details.treatment.key().is_some());
        }
    }
}
