//! What a document comes to, as EN 16931 sums it up: lines to a net amount, the lines of each rate
//! to a base, the tax on each base rounded, and all of it to what is due (P21).

use crate::{currency::Currency, line::Line, money::Money, tax::Tax};

/// One row of the breakdown (EN 16931, BG-23).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxTotal {
    pub tax: Tax,
    pub base: Money,
    pub amount: Money,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    pub net: Money,
    /// In the order in which the rates first appear.
    pub taxes: Vec<TaxTotal>,
    pub gross: Money,
}

/// How much of a line was counted before this document, and how much is with it. For all documents
/// but credit notes, nothing was.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    pub tax: Option<&'a Tax>,
    /// Takes a deposit off.
    pub deducts: bool,
    pub before: Money,
    pub after: Money,
}

/// What the lines of one rate come to, before and after.
struct Rate<'a> {
    tax: &'a Tax,
    counted: (Money, Money),
    /// Deposits taken off, and what of them was credited: each rounded by itself, as it was when it was
    /// invoiced, so that all documents together come to the whole. It moves the tax by a minor unit or two,
    /// which the rules of EN 16931 (BR-CO-17) allow for.
    deducted: (Money, Money),
    given_back: (Money, Money),
}

impl Totals {
    pub fn of<'a>(currency: Currency, lines: impl IntoIterator<Item = (Option<&'a Tax>, Money)>) -> Totals {
        let before = Money::zero(currency);
        let whole = |(tax, net)| Span { tax, deducts: false, before, after: net };
        Totals::between(currency, lines.into_iter().map(whole))
    }

    pub fn of_lines<'a>(currency: Currency, lines: impl IntoIterator<Item = &'a Line>) -> Totals {
        let before = Money::zero(currency);
        let whole = |line: &'a Line| Span {
            tax: line.tax.as_ref(),
            deducts: line.deducts.is_some(),
            before,
            after: line.net,
        };
        Totals::between(currency, lines.into_iter().map(whole))
    }

    /// The difference between two states of the same lines. Rounded at each state and not at the
    /// difference, so that parts that make up the whole come to the whole, to the last cent.
    pub fn between<'a>(currency: Currency, lines: impl IntoIterator<Item = Span<'a>>) -> Totals {
        let zero = Money::zero(currency);
        let (mut before, mut after) = (zero, zero);
        let mut rates: Vec<Rate> = Vec::new();
        for line in lines {
            (before, after) = (before + line.before, after + line.after);
            let Some(tax) = line.tax else { continue };
            let place = match rates.iter().position(|rate| rate.tax.is_taxed_with(tax)) {
                Some(place) => place,
                None => {
                    rates.push(Rate {
                        tax,
                        counted: (zero, zero),
                        deducted: (zero, zero),
                        given_back: (zero, zero),
                    });
                    rates.len() - 1
                }
            };
            let rate = &mut rates[place];
            let sums = match line.deducts {
                false => &mut rate.counted,
                true if line.before.is_negative() || line.after.is_negative() => &mut rate.deducted,
                true => &mut rate.given_back,
            };
            *sums = (sums.0 + line.before, sums.1 + line.after);
        }
        let taxes: Vec<_> = rates.iter().map(Rate::total).collect();
        let net = after - before;
        let gross = net + Money::sum(currency, taxes.iter().map(|total| total.amount));
        Totals { net, taxes, gross }
    }
}

impl Rate<'_> {
    fn total(&self) -> TaxTotal {
        let zero = Money::zero(self.counted.0.currency());
        let total = |base, amount| TaxTotal { tax: self.tax.clone(), base, amount };
        let sums = [self.counted, self.deducted, self.given_back];
        sums.into_iter().fold(total(zero, zero), |sum, (before, after)| {
            let amount = self.tax.on(after) - self.tax.on(before);
            total(sum.base + after - before, sum.amount + amount)
        })
    }
}

#[cfg(test)]
mod tests {
    use portico_facts::TaxId;

    use super::*;
    use crate::{figure::TaxPercent, tax::Treatment};

    fn tax(percent: &str) -> Tax {
        Tax {
            id: TaxId::from_bytes([1; 16]),
            name: format!("VAT {percent} %"),
            percent: TaxPercent::parse(percent).expect("a percentage"),
            exemption: String::new(),
            treatment: Treatment::Usual,
        }
    }

    fn tax_of(totals: &Totals) -> i64 {
        (totals.gross - totals.net).minor()
    }

    fn totals(code: &str, lines: &[(&Tax, i64)]) -> Totals {
        let currency = Currency::parse(code).expect("a currency");
        Totals::of(currency, lines.iter().map(|(tax, minor)| (Some(*tax), Money::new(*minor, currency))))
    }

    #[test]
    fn p21_sixteen_times_348_35_less_4_percent_at_22_percent_is_6527_81() {
        let vat = tax("22");
        let totals = totals("EUR", &[(&vat, 535_066)]);
        assert_eq!((totals.net.minor(), tax_of(&totals), totals.gross.minor()), (535_066, 117_715, 652_781));
    }

    #[test]
    fn p21_tax_is_reckoned_on_the_sum_of_a_rate_and_not_on_each_line() {
        let vat = tax("20");
        // 20 % of 0.02 is 0.004: nothing for each line by itself, 0.01 for three of them.
        let three = totals("EUR", &[(&vat, 2), (&vat, 2), (&vat, 2)]);
        assert_eq!((three.taxes.len(), tax_of(&three)), (1, 1));
    }

    #[test]
    fn rates_stand_apart_and_the_same_rate_twice_does_not() {
        let (full, reduced, again) = (tax("20"), tax("5.5"), tax("20"));
        let both = totals("EUR", &[(&full, 10_000), (&reduced, 10_000), (&again, 5_000)]);
        let rows: Vec<_> = both.taxes.iter().map(|row| (row.base.minor(), row.amount.minor())).collect();
        assert_eq!(rows, [(15_000, 3_000), (10_000, 550)]);
        assert_eq!(both.gross.minor(), 28_550);
    }

    #[test]
    fn p20_each_currency_is_rounded_to_its_own_minor_unit() {
        // 10 % of 105 yen is 10.5; 5 % of 1.010 dinar is 0.0505.
        assert_eq!(tax_of(&totals("JPY", &[(&tax("10"), 105)])), 11);
        assert_eq!(tax_of(&totals("KWD", &[(&tax("5"), 1_010)])), 51);
    }

    #[test]
    fn what_is_untaxed_is_in_no_row() {
        let currency = Currency::EURO;
        let totals = Totals::of(currency, [(None, Money::new(500, currency))]);
        assert_eq!((totals.taxes.len(), totals.gross.minor()), (0, 500));
    }
}
