//! The organization's legal and money settings: what stands on each document, and what a new one
//! begins with.

use portico_kernel::{Problems, parse_words};
use portico_ui::Language;
use serde::{Deserialize, Serialize};

use crate::{
    country::parse_country,
    currency::Currency,
    document::Kind,
    number::NumberFormat,
    reminder::{Steps, parse_after, parse_before},
};

/// As it was typed; also how it is stored, once it was found to be right.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProfileForm {
    pub address: String,
    pub country: String,
    pub tax_number: String,
    pub bank: String,
    pub currency: String,
    pub payment_days: String,
    pub remind_before: String,
    pub remind_after: String,
    pub invoice_format: String,
    pub credit_note_format: String,
    pub quote_format: String,
    pub footer_en: String,
    pub footer_fr: String,
}

impl Default for ProfileForm {
    fn default() -> Self {
        Self {
            address: String::new(),
            country: String::new(),
            tax_number: String::new(),
            bank: String::new(),
            currency: Currency::EURO.code().to_owned(),
            payment_days: "14".to_owned(),
            remind_before: String::new(),
            remind_after: String::new(),
            invoice_format: "INV-{year}-{number}".to_owned(),
            credit_note_format: "CN-{year}-{number}".to_owned(),
            quote_format: "Q-{year}-{number}".to_owned(),
            footer_en: String::new(),
            footer_fr: String::new(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Profile {
    pub address: String,
    /// Two letters, or empty.
    pub country: String,
    pub tax_number: String,
    pub bank: String,
    pub currency: Currency,
    /// From the day of issue to the due date.
    pub payment_days: u16,
    pub reminders: Steps,
    formats: [NumberFormat; 3],
    footers: [String; 2],
}

/// As an issued document keeps it for ever.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Seller {
    pub name: String,
    pub address: String,
    /// Two letters; empty where nobody said, and on what was issued before it was asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    pub tax_number: String,
    pub bank: String,
    pub footer_en: String,
    pub footer_fr: String,
}

const LONGEST: usize = 1_000;
const LONGEST_WAIT: u16 = 366;

impl ProfileForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self) -> Result<Profile, Problems> {
        let mut problems = Problems::default();
        let mut words = |field, typed: &str| {
            problems.keep(field, parse_words(typed.trim(), LONGEST, "billing-error-long"))
        };
        let (address, tax_number, bank) = (
            words("address", &self.address),
            words("tax_number", &self.tax_number),
            words("bank", &self.bank),
        );
        let footers = (words("footer_en", &self.footer_en), words("footer_fr", &self.footer_fr));
        let country = problems.keep("country", parse_country(&self.country));
        let currency = problems.keep("currency", Currency::parse(&self.currency));
        let payment_days = problems.keep("payment_days", parse_days(&self.payment_days));
        let reminders = (
            problems.keep("remind_before", parse_before(&self.remind_before)),
            problems.keep("remind_after", parse_after(&self.remind_after)),
        );
        let formats = (
            problems.keep("invoice_format", NumberFormat::parse(&self.invoice_format)),
            problems.keep("credit_note_format", NumberFormat::parse(&self.credit_note_format)),
            problems.keep("quote_format", NumberFormat::parse(&self.quote_format)),
        );
        match (address, country, tax_number, bank, footers, currency, payment_days, reminders, formats) {
            (
                Some(address),
                Some(country),
                Some(tax_number),
                Some(bank),
                (Some(english), Some(french)),
                Some(currency),
                Some(payment_days),
                (Some(before), Some(after)),
                (Some(invoices), Some(credit_notes), Some(quotes)),
            ) => Ok(Profile {
                address,
                country,
                tax_number,
                bank,
                currency,
                payment_days,
                reminders: Steps::new(before, after),
                formats: [quotes, invoices, credit_notes],
                footers: [english, french],
            }),
            _ => Err(problems),
        }
    }
}

pub fn parse_days(typed: &str) -> Result<u16, &'static str> {
    typed.trim().parse().ok().filter(|days| *days <= LONGEST_WAIT).ok_or("billing-error-days")
}

impl Profile {
    pub fn format(&self, kind: Kind) -> &NumberFormat {
        let [quotes, invoices, credit_notes] = &self.formats;
        match kind {
            Kind::Quote => quotes,
            // A subscription has no number; its invoices have theirs.
            Kind::Invoice | Kind::Subscription => invoices,
            Kind::CreditNote => credit_notes,
        }
    }

    pub fn seller(&self, organization_name: &str) -> Seller {
        let [english, french] = &self.footers;
        Seller {
            name: organization_name.to_owned(),
            address: self.address.clone(),
            country: self.country.clone(),
            tax_number: self.tax_number.clone(),
            bank: self.bank.clone(),
            footer_en: english.clone(),
            footer_fr: french.clone(),
        }
    }
}

impl Seller {
    pub fn footer(&self, language: Language) -> &str {
        match language {
            Language::English => &self.footer_en,
            Language::French => &self.footer_fr,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_new_organization_begins_with_is_right() {
        let profile = ProfileForm::default().parse().expect("the defaults are right");
        assert_eq!((profile.currency, profile.payment_days), (Currency::EURO, 14));
        assert_eq!(profile.format(Kind::Invoice).number(2026, 7), "INV-2026-0007");
        assert_eq!(profile.reminders, Steps::default(), "no mail that nobody asked for");
    }

    #[test]
    fn every_wrong_field_gets_its_own_sentence() {
        let wrong = ProfileForm {
            currency: "gold".into(),
            payment_days: "-1".into(),
            remind_before: "soon".into(),
            remind_after: "3, never".into(),
            invoice_format: "INV".into(),
            bank: "x".repeat(1_001),
            ..ProfileForm::default()
        };
        let problems = wrong.parse().err().unwrap_or_default();
        assert_eq!(problems.of("currency"), Some("billing-error-currency"));
        assert_eq!(problems.of("payment_days"), Some("billing-error-days"));
        assert_eq!(problems.of("remind_before"), Some("billing-error-remind-before"));
        assert_eq!(problems.of("remind_after"), Some("billing-error-remind-after"));
        assert_eq!(problems.of("invoice_format"), Some("billing-error-format"));
        assert_eq!(problems.of("bank"), Some("billing-error-long"));
        assert_eq!(problems.of("quote_format"), None);
    }
}
