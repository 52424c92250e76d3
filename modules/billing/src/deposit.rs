//! What a quote asks for in advance: a share of what it comes to, or an amount, both before tax like all
//! prices. It is spread over the tax rates in proportion; the final invoice takes it off again, so that
//! both together come to what was accepted, to the last minor unit of each rate (P20, P21).

use crate::{
    credit::Creditable,
    currency::Currency,
    figure::{self, Share},
    line::{Line, LineDetails},
    money::Money,
    tax::Tax,
    totals::Totals,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deposit {
    Share(Share),
    Amount(Money),
}

/// How a form says which of the two was typed.
pub const PERCENT: &str = "percent";
pub const AMOUNT: &str = "amount";

/// The part of a deposit that is of one tax rate, or untaxed.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    pub tax: Option<&'a Tax>,
    pub net: Money,
}

impl Deposit {
    /// An empty field is no deposit.
    ///
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse_optional(typed: &str, unit: &str, currency: Currency) -> Result<Option<Self>, &'static str> {
        match (typed.trim(), unit) {
            ("", _) => Ok(None),
            (typed, AMOUNT) => parse_amount(typed, currency).map(Self::Amount).map(Some),
            // A sign is what some people type to be sure.
            (typed, _) => Share::parse(typed.trim_end_matches('%')).map(Self::Share).map(Some),
        }
    }

    /// As it is typed, and in which unit.
    pub fn form(self) -> (String, &'static str) {
        match self {
            Deposit::Share(share) => (share.plain(), PERCENT),
            Deposit::Amount(money) => (money.decimal().to_string(), AMOUNT),
        }
    }

    /// As stored: in one column or the other.
    pub fn columns(deposit: Option<Self>) -> (Option<String>, Option<i64>) {
        match deposit {
            Some(Deposit::Share(share)) => (Some(share.plain()), None),
            Some(Deposit::Amount(money)) => (None, Some(money.minor())),
            None => (None, None),
        }
    }

    /// For each rate among the lines, in the order in which they first appear. The parts are
    /// differences of rounded running sums, so that they add up to the deposit itself.
    pub fn parts<'a>(self, currency: Currency, lines: impl IntoIterator<Item = &'a Line>) -> Vec<Part<'a>> {
        let rates = by_rate(lines);
        let whole = Money::sum(currency, rates.iter().map(|part| part.net));
        // There is nothing to take a part of.
        if !whole.is_positive() {
            return Vec::new();
        }
        let (part, of) = self.fraction(whole);
        let (mut reached, mut taken) = (Money::zero(currency), Money::zero(currency));
        let share = |rate: Part<'a>| {
            reached = reached + rate.net;
            let until_here = Money::new(divided(i128::from(reached.minor()) * part, of), currency);
            let net = until_here - taken;
            taken = until_here;
            Part { net, ..rate }
        };
        rates.into_iter().map(share).filter(|part| !part.net.is_zero()).collect()
    }

    pub fn totals<'a>(self, currency: Currency, lines: impl IntoIterator<Item = &'a Line>) -> Totals {
        let parts = self.parts(currency, lines);
        Totals::of(currency, parts.iter().map(|part| (part.tax, part.net)))
    }

    /// As numerator and denominator. No more is asked for in advance than there is.
    fn fraction(self, whole: Money) -> (i128, i128) {
        match self {
            Deposit::Share(share) => (share.hundredths(), 10_000),
            Deposit::Amount(amount) => (amount.minor().min(whole.minor()).into(), whole.minor().into()),
        }
    }
}

impl Part<'_> {
    /// As a line of the invoice in advance.
    pub fn line(&self, description: String) -> LineDetails {
        LineDetails::of_amount(description, self.tax.map(|tax| tax.id), self.net)
    }
}

/// The lines by which a final invoice takes the lines of a deposit's invoice off, and gives back what of them
/// was credited; nothing once all of it was. Both with their own descriptions.
pub fn taken_off(invoiced: &[Creditable], off: &str, back: &str) -> Vec<LineDetails> {
    if invoiced.iter().all(|line| line.left().is_none()) {
        return Vec::new();
    }
    let of = |creditable: &Creditable, description: &str, quantity, net| LineDetails {
        description: description.to_owned(),
        quantity,
        net,
        deducts: Some(creditable.line.id),
        ..creditable.line.details()
    };
    let lines = invoiced.iter().flat_map(|each| {
        let whole = of(each, off, each.line.quantity.opposite(), -each.line.net);
        let credited = each.credited.map(|quantity| of(each, back, quantity, each.net_of(each.credited)));
        std::iter::once(whole).chain(credited)
    });
    lines.collect()
}

fn by_rate<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<Part<'a>> {
    let mut rates: Vec<Part> = Vec::new();
    for line in lines {
        let tax = line.tax.as_ref();
        let is_same = |part: &&mut Part| match (part.tax, tax) {
            (Some(known), Some(tax)) => known.is_taxed_with(tax),
            (None, None) => true,
            _ => false,
        };
        match rates.iter_mut().find(is_same) {
            Some(part) => part.net = part.net + line.net,
            None => rates.push(Part { tax, net: line.net }),
        }
    }
    rates
}

/// Half away from zero (P21).
fn divided(numerator: i128, denominator: i128) -> i64 {
    let half_up = (2 * numerator.abs() + denominator) / (2 * denominator);
    // No larger than the sum of the lines, which fits.
    i64::try_from(half_up * numerator.signum()).unwrap_or_default()
}

/// To the minor unit: nobody pays a fraction of a cent.
fn parse_amount(typed: &str, currency: Currency) -> Result<Money, &'static str> {
    let decimal = figure::read(typed)?;
    let fits = decimal.scale() <= currency.digits();
    Money::rounded(decimal, currency)
        .filter(|money| fits && money.is_positive())
        .ok_or("billing-error-deposit-amount")
}

#[cfg(test)]
mod tests {
    use portico_facts::{LineId, TaxId};
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::{
        credit::credit,
        figure::{Discount, Quantity, TaxPercent, UnitPrice},
        measure::Measure,
        tax::Treatment,
    };

    fn tax(percent: &str) -> Tax {
        Tax {
            id: TaxId::from_bytes([1; 16]),
            name: percent.to_owned(),
            percent: TaxPercent::parse(percent).expect("a percentage"),
            exemption: String::new(),
            treatment: Treatment::Usual,
        }
    }

    fn line(currency: Currency, tax: Option<Tax>, minor: i64) -> Line {
        Line {
            id: LineId::from_bytes([2; 16]),
            description: String::new(),
            quantity: Quantity::parse("1").expect("a quantity"),
            measure: Measure::One,
            unit_price: UnitPrice::parse("1").expect("a price"),
            discount: Discount::parse("0").expect("no discount"),
            tax,
            net: Money::new(minor, currency),
            section: String::new(),
            optional: false,
            deducts: None,
        }
    }

    /// The deposit's invoice.
    fn invoiced(currency: Currency, lines: &[Line], deposit: Deposit) -> Vec<Creditable> {
        let of_part = |(place, part): (u8, &Part)| {
            let LineDetails { quantity, unit_price, net, .. } = part.line(String::new());
            let id = LineId::from_bytes([place; 16]);
            let line = line(currency, part.tax.cloned(), net.minor());
            Creditable { line: Line { id, quantity, unit_price, ..line }, credited: None }
        };
        (0..).zip(&deposit.parts(currency, lines)).map(of_part).collect()
    }

    /// The lines of the final invoice: what was accepted, and the deposit taken off.
    fn final_lines(currency: Currency, lines: &[Line], invoiced: &[Creditable]) -> Vec<Line> {
        let off = taken_off(invoiced, "off", "back").into_iter().map(|details| {
            let of = invoiced.iter().find(|each| Some(each.line.id) == details.deducts);
            let tax = of.and_then(|each| each.line.tax.clone());
            Line { deducts: details.deducts, ..line(currency, tax, details.net.minor()) }
        });
        lines.iter().cloned().chain(off).collect()
    }

    fn currency(code: &str) -> Currency {
        Currency::parse(code).expect("a currency")
    }

    #[test]
    fn a_share_is_taken_of_each_rate() {
        let euro = Currency::EURO;
        let lines = [
            line(euro, Some(tax("20")), 100_000),
            line(euro, Some(tax("5.5")), 20_000),
            line(euro, None, 1_001),
            line(euro, Some(tax("20")), 50_000),
        ];
        let deposit = Deposit::parse_optional("30 %", PERCENT, euro).expect("a deposit").expect("a deposit");
        let parts: Vec<i64> = deposit.parts(euro, &lines).iter().map(|part| part.net.minor()).collect();
        // 30 % of 1500.00, of 200.00 and of 10.01, which is 3.003.
        assert_eq!(parts, [45_000, 6_000, 300]);
        // 450.00 + 90.00, 60.00 + 3.30, 3.00.
        assert_eq!(deposit.totals(euro, &lines).gross.minor(), 60_630);
    }

    #[test]
    fn an_amount_is_spread_and_adds_up_to_itself() {
        let euro = Currency::EURO;
        let thirds =
            [line(euro, Some(tax("20")), 3_333), line(euro, Some(tax("10")), 3_333), line(euro, None, 3_333)];
        let deposit = Deposit::Amount(Money::new(1_000, euro));
        let parts: Vec<i64> = deposit.parts(euro, &thirds).iter().map(|part| part.net.minor()).collect();
        // Running sums 333.33…, 666.66…, 1000.
        assert_eq!(parts, [333, 334, 333]);
        // No more is asked for than there is, and nothing of nothing.
        let parts = Deposit::Amount(Money::new(99_999, euro)).parts(euro, &thirds);
        assert_eq!(parts.iter().map(|part| part.net.minor()).sum::<i64>(), 9_999);
        assert!(deposit.parts(euro, &[line(euro, None, -5)]).is_empty());
    }

    #[test]
    fn p21_where_the_tax_of_both_halves_is_rounded_up_the_whole_is_not_a_cent_more() {
        let euro = Currency::EURO;
        // 20 % of 0.26 is 0.052, of each half 0.026: 0.05 in all, and not 0.03 twice.
        let lines = [line(euro, Some(tax("20")), 26)];
        let half = Deposit::parse_optional("50", PERCENT, euro).expect("a deposit").expect("a deposit");
        assert_eq!(half.totals(euro, &lines).gross.minor(), 16);
        let rest = final_lines(euro, &lines, &invoiced(euro, &lines, half));
        assert_eq!(Totals::of_lines(euro, &rest).gross.minor(), 15);
        assert_eq!(Totals::of_lines(euro, &lines).gross.minor(), 31);
    }

    #[test]
    fn p20_an_amount_has_the_currencys_own_digits() {
        for (typed, code, minor) in
            [("500", "EUR", 50_000), ("500.5", "EUR", 50_050), ("500", "JPY", 500), ("1.005", "KWD", 1_005)]
        {
            let deposit = Deposit::parse_optional(typed, AMOUNT, currency(code));
            assert_eq!(
                deposit,
                Ok(Some(Deposit::Amount(Money::new(minor, currency(code))))),
                "{typed} {code}"
            );
        }
        for (typed, code) in [("1.005", "EUR"), ("0.5", "JPY"), ("0", "EUR"), ("-5", "EUR")] {
            let deposit = Deposit::parse_optional(typed, AMOUNT, currency(code));
            assert_eq!(deposit, Err("billing-error-deposit-amount"), "{typed} {code}");
        }
        for typed in ["0", "100.01", "-30", "33.333"] {
            let deposit = Deposit::parse_optional(typed, PERCENT, Currency::EURO);
            assert_eq!(deposit, Err("billing-error-deposit-share"), "{typed}");
        }
        assert_eq!(Deposit::parse_optional(" ", PERCENT, Currency::EURO), Ok(None));
        assert_eq!(Deposit::parse_optional("half", PERCENT, Currency::EURO), Err("billing-error-figure"));
    }

    /// Net in minor units, and one of three rates or none.
    type Raw = (i64, usize);

    proptest! {
        #[test]
        fn deposit_and_rest_are_the_whole_to_the_cent_of_each_rate(
            raw in vec((-50_000_i64..10_000_000, 0..4_usize), 1..20),
            hundredths in 1..=10_000_u32,
            amount in proptest::option::of(1..100_000_000_i64),
            thousandths in 0..=1_000_u32,
            code in proptest::sample::select(vec!["EUR", "JPY", "KWD"]),
        ) {
            let currency = currency(code);
            let raw: Vec<Raw> = raw;
            let rate = |rate: usize| ["22", "5.5", "0"].get(rate).map(|percent| tax(percent));
            let lines: Vec<Line> = raw.iter().map(|(net, of)| line(currency, rate(*of), *net)).collect();
            let percent = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            let deposit = match amount {
                Some(minor) => Deposit::Amount(Money::new(minor, currency)),
                None => Deposit::Share(Share::parse(&percent).expect("a share")),
            };
            let mut invoiced = invoiced(currency, &lines, deposit);
            let first = deposit.totals(currency, &lines);
            let rest = Totals::of_lines(currency, &final_lines(currency, &lines, &invoiced));
            let whole = Totals::of_lines(currency, &lines);
            prop_assert_eq!(first.net + rest.net, whole.net);
            prop_assert_eq!(first.gross + rest.gross, whole.gross);
            for total in &whole.taxes {
                let of = |totals: &Totals| totals.taxes.iter().find(|each| each.tax.is_taxed_with(&total.tax))
                    .map_or((Money::zero(currency), Money::zero(currency)), |each| (each.base, each.amount));
                let ((first_base, first_tax), (rest_base, rest_tax)) = (of(&first), of(&rest));
                prop_assert_eq!(first_base + rest_base, total.base);
                prop_assert_eq!(first_tax + rest_tax, total.amount);
            }
            // And if a part of the deposit is credited in between.
            let part = |each: &Creditable| {
                let part = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
                let part = Quantity::parse(&part).ok()?;
                Some(if each.line.quantity.decimal().is_sign_negative() { part.opposite() } else { part })
            };
            let parts: Vec<_> = invoiced.iter().map(part).collect();
            let pairs: Vec<_> = invoiced.iter().zip(parts.iter().copied()).collect();
            let (_, credited) = credit(currency, &pairs);
            for (each, part) in invoiced.iter_mut().zip(parts) {
                each.credited = part;
            }
            let rest = Totals::of_lines(currency, &final_lines(currency, &lines, &invoiced));
            prop_assert_eq!(first.net - credited.net + rest.net, whole.net);
            prop_assert_eq!(first.gross - credited.gross + rest.gross, whole.gross);
            // As much as was asked for, where there is as much.
            if let Some(minor) = amount && whole.net.is_positive() {
                prop_assert_eq!(first.net.minor(), minor.min(whole.net.minor()));
            }
        }
    }
}
