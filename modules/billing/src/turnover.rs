//! Twelve months of business in one currency: what was invoiced, less credit notes, and what was received, less refunds.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use crate::{currency::Currency, money::Money, statement::Happened};

pub const MONTHS: usize = 12;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Month {
    /// Its first day.
    pub begins: Date,
    pub invoiced: Money,
    pub received: Money,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turnover {
    pub currency: Currency,
    /// The earliest first.
    pub months: Vec<Month>,
}

/// The first days of the twelve that end with this day's.
pub fn last_months(today: Date) -> [Date; MONTHS] {
    let this_month = today.first_of_month();
    std::array::from_fn(|place| {
        let back = i64::try_from(MONTHS - 1 - place).unwrap_or_default();
        this_month.saturating_sub(back.months())
    })
}

/// One for each currency in which anything happened, by its code. `sums` are of one month and kind each.
pub fn turnovers(today: Date, sums: impl IntoIterator<Item = (Date, Happened, Money)>) -> Vec<Turnover> {
    let mut all: BTreeMap<&'static str, Turnover> = BTreeMap::new();
    for (begins, happened, amount) in sums {
        let currency = amount.currency();
        let turnover = all.entry(currency.code()).or_insert_with(|| Turnover::nothing(currency, today));
        let Some(month) = turnover.months.iter_mut().find(|month| month.begins == begins) else { continue };
        let effect = happened.effect(amount);
        match happened {
            Happened::Invoiced | Happened::Credited => month.invoiced = month.invoiced + effect,
            // What lowers the balance was received.
            Happened::Paid | Happened::Refunded => month.received = month.received - effect,
        }
    }
    all.into_values().collect()
}

impl Turnover {
    fn nothing(currency: Currency, today: Date) -> Self {
        let zero = Money::zero(currency);
        let month = |begins| Month { begins, invoiced: zero, received: zero };
        Self { currency, months: last_months(today).map(month).to_vec() }
    }

    pub fn invoiced(&self) -> Money {
        Money::sum(self.currency, self.months.iter().map(|month| month.invoiced))
    }

    pub fn received(&self) -> Money {
        Money::sum(self.currency, self.months.iter().map(|month| month.received))
    }

    /// Round amounts between which every month lies, the lower of which is not above nothing.
    pub fn extent(&self) -> (Money, Money) {
        let amounts =
            || self.months.iter().flat_map(|month| [month.invoiced.minor(), month.received.minor()]);
        let (least, most) = (amounts().min().unwrap_or_default(), amounts().max().unwrap_or_default());
        let money = |minor| Money::new(minor, self.currency);
        (money(-round_above(-least)), money(round_above(most)))
    }
}

/// The next of 1, 2, 5, 10, 20, 50 …; nothing for what is not above nothing.
fn round_above(minor: i64) -> i64 {
    if minor <= 0 {
        return 0;
    }
    let mut step = 1_i64;
    while step.saturating_mul(10) < minor {
        step *= 10;
    }
    [1, 2, 5, 10]
        .into_iter()
        .map(|times| step.saturating_mul(times))
        .find(|round| *round >= minor)
        .unwrap_or(minor)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EURO)
    }

    #[test]
    fn the_twelve_months_end_with_the_present_one_also_on_the_31st() {
        let months = last_months(date(2026, 3, 31));
        assert_eq!(
            (months[0], months[10], months[11]),
            (date(2025, 4, 1), date(2026, 2, 1), date(2026, 3, 1))
        );
    }

    #[test]
    fn credits_lower_what_was_invoiced_and_refunds_what_was_received() {
        let today = date(2026, 11, 27);
        let (november, october) = (date(2026, 11, 1), date(2026, 10, 1));
        let all = turnovers(
            today,
            [
                (november, Happened::Invoiced, euros(100)),
                (november, Happened::Credited, euros(30)),
                (november, Happened::Paid, euros(50)),
                (november, Happened::Refunded, euros(60)),
                (october, Happened::Invoiced, euros(7)),
                (date(2025, 11, 1), Happened::Invoiced, euros(1_000)),
            ],
        );
        let [euro] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(euro.months[11], Month { begins: november, invoiced: euros(70), received: euros(-10) });
        assert_eq!((euro.months[10].invoiced, euro.months[9].invoiced), (euros(7), euros(0)));
        assert_eq!((euro.invoiced(), euro.received()), (euros(77), euros(-10)));
        assert_eq!(euro.extent(), (euros(-10), euros(100)));
    }

    #[test]
    fn p20_currencies_are_kept_apart() {
        let dollars = |minor| Money::new(minor, Currency::parse("USD").expect("a currency"));
        let november = date(2026, 11, 1);
        let sums = [(november, Happened::Invoiced, dollars(5)), (november, Happened::Paid, euros(9))];
        let all = turnovers(november, sums);
        let found: Vec<_> = all.iter().map(|each| (each.currency.code(), each.invoiced().minor())).collect();
        assert_eq!(found, [("EUR", 0), ("USD", 5)]);
    }

    #[test]
    fn the_scale_ends_at_a_round_amount() {
        for (minor, round) in
            [(0, 0), (-5, 0), (1, 1), (3, 5), (10, 10), (11, 20), (123_456, 200_000), (500_001, 1_000_000)]
        {
            assert_eq!(round_above(minor), round, "{minor}");
        }
    }
}
