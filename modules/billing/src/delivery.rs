//! What the taxes of a document's lines ask of the whole of it (EN 16931): when goods got to another country of the European
//! Union, and to which; and that what is outside of the tax stands alone.

use jiff::civil::Date;
use portico_kernel::Problems;

use crate::{
    country::is_of_union,
    document::{Kind, Sheet},
    tax::{Tax, Treatment},
};

impl Sheet {
    fn taxes(&self) -> impl Iterator<Item = &Tax> {
        self.lines.iter().filter_map(|line| line.tax.as_ref())
    }

    pub fn has(&self, treatment: Treatment) -> bool {
        self.taxes().any(|tax| tax.treatment == treatment)
    }

    /// A quote delivers nothing yet.
    pub fn asks_for_delivery(&self) -> bool {
        matches!(self.document.kind, Kind::Invoice | Kind::CreditNote) && self.has(Treatment::IntraCommunity)
    }

    /// The day and the country, where a line asks for them.
    pub fn delivery(&self) -> Option<(Date, &str)> {
        let country = self.document.delivery_country.as_str();
        let on = self.document.delivered_on.filter(|_| self.asks_for_delivery() && !country.is_empty())?;
        Some((on, country))
    }

    /// What a draft has to say of its delivery before it can be issued (BR-IC-11, BR-IC-12). The seller's country is
    /// empty where nobody said.
    pub fn delivery_problems(&self, seller: &str) -> Problems {
        let mut problems = Problems::default();
        if !self.asks_for_delivery() {
            return problems;
        }
        let country = self.document.delivery_country.as_str();
        if self.document.delivered_on.is_none() {
            problems.add("delivered_on", "billing-error-delivered-on");
        }
        if country.is_empty() {
            problems.add("delivery_country", "billing-error-delivery-country");
        } else if !is_of_union(country) || country == seller {
            problems.add("delivery_country", "billing-error-delivery-union");
        }
        problems
    }

    /// Something outside of the tax beside something else (BR-O-11, BR-O-12).
    pub fn is_mixed(&self) -> bool {
        self.has(Treatment::NotSubject) && self.taxes().any(|tax| tax.treatment != Treatment::NotSubject)
    }

    /// What stands between an invoice and its number, as the key of a sentence.
    pub fn obstacle_of_tax(&self) -> Option<&'static str> {
        if self.is_mixed() {
            Some("billing-obstacle-not-subject")
        } else if self.delivery_problems("").is_empty() {
            None
        } else {
            Some("billing-obstacle-delivery")
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use portico_facts::{LineId, TaxId};

    use super::*;
    use crate::{
        currency::Currency,
        figure::{Discount, Quantity, TaxPercent, UnitPrice},
        letter::sample_document,
        line::Line,
        measure::Measure,
        money::Money,
        totals::Totals,
    };

    fn line(treatment: Option<Treatment>) -> Line {
        let tax = |treatment| Tax {
            id: TaxId::from_bytes([1; 16]),
            name: "VAT".into(),
            percent: TaxPercent::parse("0").expect("a percentage"),
            exemption: String::new(),
            treatment,
        };
        Line {
            id: LineId::from_bytes([2; 16]),
            description: "Lamps".into(),
            quantity: Quantity::ONE,
            measure: Measure::One,
            unit_price: UnitPrice::parse("100").expect("a price"),
            discount: Discount::NONE,
            tax: treatment.map(tax),
            net: Money::new(10_000, Currency::EURO),
            section: String::new(),
            optional: false,
            deducts: None,
        }
    }

    fn sheet(kind: Kind, treatments: &[Option<Treatment>]) -> Sheet {
        let lines: Vec<Line> = treatments.iter().map(|treatment| line(*treatment)).collect();
        let totals = Totals::of_lines(Currency::EURO, &lines);
        Sheet { document: sample_document(kind, "INV-2026-0001", date(2026, 12, 31)), lines, totals }
    }

    #[test]
    fn only_a_supply_within_the_union_asks_for_its_delivery() {
        for treatment in Treatment::ALL {
            let asked = sheet(Kind::Invoice, &[None, Some(treatment)]).delivery_problems("FR");
            assert_eq!(asked.is_empty(), treatment != Treatment::IntraCommunity, "{treatment:?}");
        }
        for kind in [Kind::Quote, Kind::Subscription] {
            assert!(sheet(kind, &[Some(Treatment::IntraCommunity)]).delivery_problems("FR").is_empty());
        }
    }

    #[test]
    fn a_delivery_has_both_a_day_and_a_country() {
        let mut sheet = sheet(Kind::Invoice, &[Some(Treatment::IntraCommunity), Some(Treatment::Usual)]);
        let missing = |sheet: &Sheet| {
            let problems = sheet.delivery_problems("FR");
            ["delivered_on", "delivery_country"].map(|field| problems.of(field).is_some())
        };
        assert_eq!(missing(&sheet), [true, true]);
        assert_eq!((sheet.obstacle(), sheet.delivery()), (Some("billing-obstacle-delivery"), None));
        sheet.document.delivered_on = Some(date(2026, 11, 20));
        assert_eq!(missing(&sheet), [false, true]);
        assert_eq!(sheet.delivery(), None);
        sheet.document.delivery_country = "DE".into();
        assert_eq!(missing(&sheet), [false, false]);
        assert_eq!((sheet.obstacle(), sheet.delivery()), (None, Some((date(2026, 11, 20), "DE"))));
        // It is said of nothing else.
        sheet.lines.remove(0);
        assert_eq!(sheet.delivery(), None);
    }

    #[test]
    fn goods_go_to_another_member_state() {
        let mut sheet = sheet(Kind::Invoice, &[Some(Treatment::IntraCommunity)]);
        sheet.document.delivered_on = Some(date(2026, 11, 20));
        for (country, seller, is_refused) in [
            ("DE", "FR", false),
            ("XI", "FR", false),
            ("DE", "", false),
            ("FR", "FR", true),
            ("US", "FR", true),
            ("GB", "", true),
        ] {
            sheet.document.delivery_country = country.into();
            let refused = sheet.delivery_problems(seller).of("delivery_country");
            assert_eq!(refused, is_refused.then_some("billing-error-delivery-union"), "{country}, {seller}");
        }
    }

    #[test]
    fn what_is_outside_of_the_tax_stands_alone() {
        let outside = Some(Treatment::NotSubject);
        for other in Treatment::ALL.map(Some) {
            let beside = sheet(Kind::Invoice, &[outside, other]).obstacle();
            let refused = (other != outside).then_some("billing-obstacle-not-subject");
            assert_eq!(beside, refused, "{other:?}");
        }
        // A line without a rate is of no category.
        assert_eq!(sheet(Kind::Invoice, &[outside, None]).obstacle(), None);
        let offered = sheet(Kind::Quote, &[outside, Some(Treatment::Usual)]).obstacle();
        assert_eq!(offered, Some("billing-obstacle-not-subject"), "its invoice could not be issued");
        assert_eq!(sheet(Kind::Quote, &[outside, None]).obstacle(), None);
    }
}
