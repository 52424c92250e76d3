//! Crediting an invoice, wholly or in part. A credit note takes quantities of the invoice's own lines
//! back; it comes to the difference between what was credited before it and what is credited with
//! it. However an invoice is taken apart, the parts come to the whole and nothing is left over.

use crate::{
    currency::Currency,
    figure::Quantity,
    line::{self, Line},
    money::Money,
    plan::Share,
    totals::{Span, TaxTotal, Totals},
};

/// One of an invoice's lines, and how much of it is credited already.
#[derive(Clone, Debug)]
pub struct Creditable {
    pub line: Line,
    pub credited: Option<Quantity>,
}

impl Creditable {
    /// `None` when all of it is credited.
    pub fn left(&self) -> Option<Quantity> {
        match self.credited {
            Some(credited) => self.line.quantity.minus(credited),
            None => Some(self.line.quantity),
        }
    }

    /// What nobody has used after this share of it, and nobody has credited yet.
    pub fn unused(&self, used: Share) -> Option<Quantity> {
        let left = self.left()?;
        let unused = self.line.quantity.minus(self.line.quantity.part(used.days, used.of))?;
        Some(if unused.decimal().abs() < left.decimal().abs() { unused } else { left })
    }

    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn take(&self, typed: &str) -> Result<Option<Quantity>, &'static str> {
        if matches!(typed.trim(), "" | "0") {
            return Ok(None);
        }
        let wanted = Quantity::parse(typed)?;
        let fits = self.left().is_some_and(|left| {
            let (wanted, left) = (wanted.decimal(), left.decimal());
            wanted.is_sign_negative() == left.is_sign_negative() && wanted.abs() <= left.abs()
        });
        if fits { Ok(Some(wanted)) } else { Err("billing-error-credit-quantity") }
    }

    fn is_taxed_as(&self, row: &TaxTotal) -> bool {
        self.line.tax.as_ref().is_some_and(|tax| tax.is_taxed_with(&row.tax))
    }

    /// What so much of it costs.
    pub fn net_of(&self, quantity: Option<Quantity>) -> Money {
        let Line { unit_price, discount, net, .. } = &self.line;
        let currency = net.currency();
        match quantity {
            None => Money::zero(currency),
            // No part of a line that was in bounds is out of them.
            Some(part) => line::net(part.decimal(), *unit_price, *discount, currency).unwrap_or(*net),
        }
    }
}

/// How much of each line to credit now; the nets of the credit note's lines, and its totals.
pub fn credit(currency: Currency, parts: &[(&Creditable, Option<Quantity>)]) -> (Vec<Money>, Totals) {
    let spans: Vec<Span> = parts.iter().map(|(creditable, now)| span(creditable, *now)).collect();
    let nets = spans.iter().map(|span| span.after - span.before).collect();
    let mut totals = Totals::between(currency, spans);
    // A rate of which no line is credited has no row (BR-E-1, BR-AE-1).
    totals.taxes.retain(|row| parts.iter().any(|(of, now)| now.is_some() && of.is_taxed_as(row)));
    (nets, totals)
}

fn span(creditable: &Creditable, now: Option<Quantity>) -> Span<'_> {
    let before = creditable.credited;
    let after = match (before, now) {
        (Some(before), Some(now)) => Some(before.plus(now)),
        (before, now) => before.or(now),
    };
    Span {
        tax: creditable.line.tax.as_ref(),
        deducts: creditable.line.deducts.is_some(),
        before: creditable.net_of(before),
        after: creditable.net_of(after),
    }
}

#[cfg(test)]
mod tests {
    use portico_facts::{LineId, TaxId};
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::{
        figure::{Discount, TaxPercent, UnitPrice},
        measure::Measure,
        tax::{Tax, Treatment},
    };

    /// Quantity and its parts in thousandths, price in hundred-thousandths, discount in hundredths of a
    /// percent, and one of three rates.
    type Raw = (Vec<u32>, u64, u32, usize);

    fn lines(currency: Currency, raw: &[Raw]) -> Vec<Creditable> {
        raw.iter().map(|line| Creditable { line: as_line(currency, line), credited: None }).collect()
    }

    fn as_line(currency: Currency, (parts, price, discount, rate): &Raw) -> Line {
        let quantity = thousandths(parts.iter().sum());
        let price =
            UnitPrice::parse(&format!("{}.{:05}", price / 100_000, price % 100_000)).expect("a price");
        let discount = format!("{}.{:02}", discount / 100, discount % 100);
        let discount = Discount::parse(&discount).expect("a discount");
        let percent = ["22", "5.5", "0"][*rate];
        Line {
            id: LineId::from_bytes([0; 16]),
            description: String::new(),
            quantity,
            measure: Measure::One,
            unit_price: price,
            discount,
            tax: Some(Tax {
                id: TaxId::from_bytes([*rate as u8; 16]),
                name: percent.to_owned(),
                percent: TaxPercent::parse(percent).expect("a percentage"),
                exemption: String::new(),
                treatment: Treatment::Usual,
            }),
            net: line::net(quantity.decimal(), price, discount, currency).expect("in bounds"),
            section: String::new(),
            optional: false,
            // Every other line takes a deposit off: what is credited is what was invoiced.
            deducts: (parts[0] % 2 == 1).then_some(LineId::from_bytes([9; 16])),
        }
    }

    fn thousandths(count: u32) -> Quantity {
        Quantity::parse(&format!("{}.{:03}", count / 1_000, count % 1_000)).expect("a quantity")
    }

    fn whole(lines: &[Creditable], currency: Currency) -> Totals {
        Totals::of_lines(currency, lines.iter().map(|each| &each.line))
    }

    fn any_invoice() -> impl Strategy<Value = (&'static str, Vec<Raw>)> {
        let line = (vec(1_u32..50_000, 3), 0_u64..99_999_999_999, 0_u32..=10_000, 0_usize..3);
        (prop::sample::select(vec!["EUR", "JPY", "KWD", "HUF", "CLP", "TND"]), vec(line, 1..8))
    }

    proptest! {
        #[test]
        fn p21_the_whole_is_the_sum_of_its_parts((code, raw) in any_invoice()) {
            let currency = Currency::parse(code).expect("a currency");
            let totals = whole(&lines(currency, &raw), currency);
            let of_rates = Money::sum(currency, totals.taxes.iter().map(|row| row.base));
            prop_assert_eq!(of_rates, totals.net, "every line is taxed at one of the rates");
            let tax = Money::sum(currency, totals.taxes.iter().map(|row| row.amount));
            prop_assert_eq!(totals.net + tax, totals.gross);
        }

        #[test]
        fn a_credit_of_everything_leaves_nothing((code, raw) in any_invoice()) {
            let currency = Currency::parse(code).expect("a currency");
            let lines = lines(currency, &raw);
            let all: Vec<_> = lines.iter().map(|each| (each, each.left())).collect();
            let (nets, credited) = credit(currency, &all);
            prop_assert_eq!(nets, lines.iter().map(|each| each.line.net).collect::<Vec<_>>());
            prop_assert_eq!(credited, whole(&lines, currency));
        }

        /// Piece by piece, some lines here and others there: no cent is lost or made.
        #[test]
        fn credits_in_parts_leave_nothing_either((code, raw) in any_invoice(), odd in any::<u8>()) {
            let currency = Currency::parse(code).expect("a currency");
            let mut lines = lines(currency, &raw);
            let whole = whole(&lines, currency);
            let (mut net, mut gross) = (Money::zero(currency), Money::zero(currency));
            for round in 0..3 {
                let pieces: Vec<_> = raw
                    .iter()
                    .enumerate()
                    .map(|(place, (parts, ..))| {
                        let late = odd >> (place % 8) & 1 == 1;
                        match (late, round) {
                            // All of it in the last round.
                            (true, 2) => Some(thousandths(parts.iter().sum())),
                            (true, _) => None,
                            (false, round) => Some(thousandths(parts[round])),
                        }
                    })
                    .collect();
                let parts: Vec<_> = lines.iter().zip(pieces.iter().copied()).collect();
                let (nets, part) = credit(currency, &parts);
                prop_assert_eq!(Money::sum(currency, nets), part.net);
                (net, gross) = (net + part.net, gross + part.gross);
                for (line, piece) in lines.iter_mut().zip(pieces) {
                    line.credited = match (line.credited, piece) {
                        (Some(before), Some(now)) => Some(before.plus(now)),
                        (before, now) => before.or(now),
                    };
                }
            }
            prop_assert_eq!((net, gross), (whole.net, whole.gross));
            prop_assert!(lines.iter().all(|line| line.left().is_none()));
        }
    }

    #[test]
    fn a_rate_of_which_nothing_is_credited_has_no_row() {
        // 100.00 at 22 % and 100.00 at 0 %.
        let lines =
            lines(Currency::EURO, &[(vec![1_000], 10_000_000, 0, 0), (vec![1_000], 10_000_000, 0, 2)]);
        let (_, totals) = credit(Currency::EURO, &[(&lines[0], lines[0].left()), (&lines[1], None)]);
        let rows: Vec<_> = totals.taxes.iter().map(|row| (row.base.minor(), row.amount.minor())).collect();
        assert_eq!((rows, totals.gross.minor()), (vec![(10_000, 2_200)], 12_200));
    }

    #[test]
    fn no_more_is_credited_than_was_invoiced() {
        let mut line = lines(Currency::EURO, &[(vec![3_000], 10_000_000, 0, 0)]).remove(0);
        assert!(line.take("").is_ok_and(|none| none.is_none()));
        assert!(line.take("3").is_ok_and(|all| all.is_some()));
        for wrong in ["3.001", "-1"] {
            assert_eq!(line.take(wrong), Err("billing-error-credit-quantity"), "{wrong}");
        }
        line.credited = Some(thousandths(2_000));
        assert_eq!(line.take("1.5"), Err("billing-error-credit-quantity"));
        assert_eq!(line.take("1"), Ok(Some(thousandths(1_000))));
    }
}
