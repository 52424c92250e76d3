//! A line of a billing document: what, how much of it, at which price.

use portico_facts::{LineId, TaxId};
use portico_kernel::{Name, Problems, parse_words};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{
    currency::Currency,
    figure::{Discount, Quantity, UnitPrice},
    measure::Measure,
    money::Money,
    plan::Share,
    tax::Tax,
};

/// Lines of one document.
pub const AT_MOST: usize = 500;
/// Of one line, in minor units: [`AT_MOST`] of them and their tax stay within [`Money`].
const LARGEST: i64 = 1_000_000_000_000_000;
/// In characters.
pub const LONGEST_DESCRIPTION: u32 = 500;

#[derive(Clone, Debug)]
pub struct Line {
    pub id: LineId,
    pub description: String,
    pub quantity: Quantity,
    pub measure: Measure,
    pub unit_price: UnitPrice,
    pub discount: Discount,
    pub tax: Option<Tax>,
    pub net: Money,
    /// Under which heading it stands on a quote; empty for none.
    pub section: String,
    /// Counts on a quote only where its reader chooses it.
    pub optional: bool,
    /// The line of a deposit's invoice that this one takes off.
    pub deducts: Option<LineId>,
}

/// What a quantity costs (EN 16931, BT-131): multiplied exactly, rounded once.
pub fn net(quantity: Decimal, price: UnitPrice, discount: Discount, currency: Currency) -> Option<Money> {
    let hundredfold = quantity * price.decimal() * (Decimal::ONE_HUNDRED - discount.decimal());
    Money::rounded(hundredfold / Decimal::ONE_HUNDRED, currency).filter(|net| net.minor().abs() <= LARGEST)
}

/// As it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LineForm {
    pub description: String,
    pub quantity: String,
    /// By its code.
    pub measure: String,
    pub unit_price: String,
    pub discount: String,
    pub tax: String,
    /// On quotes only.
    pub section: String,
    /// On quotes only: "yes" when ticked.
    pub optional: String,
}

/// As it may be stored, once its tax is known to be one of the organization's.
#[derive(Clone, Debug)]
pub struct LineDetails {
    pub description: String,
    pub quantity: Quantity,
    pub measure: Measure,
    pub unit_price: UnitPrice,
    pub discount: Discount,
    pub tax: Option<TaxId>,
    pub net: Money,
    pub section: String,
    pub optional: bool,
    pub deducts: Option<LineId>,
}

impl LineDetails {
    /// One of something that costs this much.
    pub fn of_amount(description: String, tax: Option<TaxId>, net: Money) -> Self {
        let quantity = if net.is_negative() { Quantity::ONE.opposite() } else { Quantity::ONE };
        let unit_price = UnitPrice::of(net.decimal());
        let (discount, section) = (Discount::NONE, String::new());
        Self {
            description,
            quantity,
            measure: Measure::One,
            unit_price,
            discount,
            tax,
            net,
            section,
            optional: false,
            deducts: None,
        }
    }
}

impl LineForm {
    /// # Errors
    /// A sentence for each field that has to change.
    pub fn parse(&self, currency: Currency) -> Result<LineDetails, Problems> {
        let mut problems = Problems::default();
        let description = problems.keep("description", parse_description(&self.description));
        let quantity = problems.keep("quantity", Quantity::parse(&self.quantity));
        let measure = problems.keep("measure", Measure::parse(&self.measure));
        let unit_price = problems.keep("unit_price", UnitPrice::parse(&self.unit_price));
        let discount = problems.keep("discount", Discount::parse_optional(&self.discount));
        let tax = problems.keep("tax", parse_tax(&self.tax));
        let section = problems.keep("section", parse_section(&self.section));
        let optional = self.optional == "yes";
        let (
            Some(description),
            Some(quantity),
            Some(measure),
            Some(unit_price),
            Some(discount),
            Some(tax),
            Some(section),
        ) = (description, quantity, measure, unit_price, discount, tax, section)
        else {
            return Err(problems);
        };
        match net(quantity.decimal(), unit_price, discount, currency) {
            Some(net) => Ok(LineDetails {
                description,
                quantity,
                measure,
                unit_price,
                discount,
                tax,
                net,
                section,
                optional,
                deducts: None,
            }),
            None => {
                problems.add("unit_price", "billing-error-price");
                Err(problems)
            }
        }
    }
}

impl Line {
    /// For another document that says the same.
    pub fn details(&self) -> LineDetails {
        LineDetails {
            description: self.description.clone(),
            quantity: self.quantity,
            measure: self.measure,
            unit_price: self.unit_price,
            discount: self.discount,
            tax: self.tax.as_ref().map(|tax| tax.id),
            net: self.net,
            section: self.section.clone(),
            optional: self.optional,
            deducts: None,
        }
    }

    /// The same for a part of the time that it is for.
    pub fn shared(&self, share: Share) -> LineDetails {
        if share.is_all() {
            return self.details();
        }
        let quantity = self.quantity.part(share.days, share.of);
        // No part of a line that was in bounds is out of them.
        let net = net(quantity.decimal(), self.unit_price, self.discount, self.net.currency());
        LineDetails { quantity, net: net.unwrap_or(self.net), ..self.details() }
    }

    pub fn form(&self) -> LineForm {
        LineForm {
            description: self.description.clone(),
            quantity: self.quantity.plain(),
            measure: self.measure.code().to_owned(),
            unit_price: self.unit_price.plain(),
            discount: if self.discount.is_none() {
                String::new()
            } else {
                self.discount.decimal().to_string()
            },
            tax: self.tax.as_ref().map(|tax| tax.id.to_string()).unwrap_or_default(),
            section: self.section.clone(),
            optional: if self.optional { "yes".to_owned() } else { String::new() },
        }
    }
}

fn parse_section(typed: &str) -> Result<String, &'static str> {
    Ok(Name::parse_optional(typed)?.map(|name| name.as_str().to_owned()).unwrap_or_default())
}

fn parse_description(typed: &str) -> Result<String, &'static str> {
    match parse_words(typed.trim(), LONGEST_DESCRIPTION as usize, "billing-error-long")? {
        words if words.is_empty() => Err("billing-error-description"),
        words => Ok(words),
    }
}

fn parse_tax(chosen: &str) -> Result<Option<TaxId>, &'static str> {
    match chosen {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "billing-error-tax"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(quantity: &str, unit_price: &str, discount: &str) -> LineForm {
        LineForm {
            description: "Design".into(),
            quantity: quantity.into(),
            unit_price: unit_price.into(),
            discount: discount.into(),
            ..LineForm::default()
        }
    }

    #[test]
    fn p21_a_line_is_multiplied_exactly_and_rounded_once() {
        for (quantity, price, discount, code, minor) in [
            // 5573.60 less 222.944 is 5350.656
            ("16", "348.35", "4", "EUR", 535_066),
            ("-16", "348.35", "4", "EUR", -535_066),
            ("0.333", "0.01", "", "EUR", 0),
            ("0.5", "0.01", "", "EUR", 1),
            ("3", "33.5", "", "JPY", 101),
            ("1.5", "0.333", "", "KWD", 500),
            ("10000", "0.00880", "", "EUR", 8_800),
        ] {
            let currency = Currency::parse(code).expect("a currency");
            let details = form(quantity, price, discount).parse(currency).expect("a line");
            assert_eq!(details.net.minor(), minor, "{quantity} x {price} less {discount} % {code}");
        }
    }

    #[test]
    fn the_longest_figures_are_exact_and_too_large_an_amount_is_refused() {
        // 999,999.999 x 999,999,999.99999 needs 29 digits by hand: far beyond the largest line.
        let problems = form("999999.999", "9999999999.99999", "0.01").parse(Currency::EURO).err();
        assert_eq!(problems.unwrap_or_default().of("unit_price"), Some("billing-error-price"));
        // Python's decimal: 999999.999 * 99999.99999 * 0.9999 is 99989999890.011000009999
        let details = form("999999.999", "99999.99999", "0.01").parse(Currency::EURO).expect("a line");
        assert_eq!(details.net.minor(), 9_998_999_989_001);
    }

    #[test]
    fn every_wrong_field_gets_its_own_sentence() {
        let wrong = LineForm {
            description: " ".into(),
            quantity: "0".into(),
            measure: "fathom".into(),
            unit_price: "1,000".into(),
            discount: "101".into(),
            tax: "vat".into(),
            section: "\0".into(),
            ..LineForm::default()
        };
        let problems = wrong.parse(Currency::EURO).err().unwrap_or_default();
        assert_eq!(problems.of("description"), Some("billing-error-description"));
        assert_eq!(problems.of("quantity"), Some("billing-error-quantity"));
        assert_eq!(problems.of("measure"), Some("billing-error-measure"));
        assert_eq!(problems.of("unit_price"), Some("billing-error-thousands"));
        assert_eq!(problems.of("discount"), Some("billing-error-discount"));
        assert_eq!(problems.of("tax"), Some("billing-error-tax"));
        assert_eq!(problems.of("section"), Some("ui-name-characters"));
    }
}
