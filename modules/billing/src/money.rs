//! Amounts of money: whole numbers of a currency's minor unit (P20), made from decimals by the one
//! rule of EN 16931, half away from zero (P21).

use std::ops::{Add, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};

use crate::currency::Currency;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// In minor units: sums of two still fit an `i64`.
const LARGEST: i64 = 1_000_000_000_000_000_000;

impl Money {
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// `None` beyond [`LARGEST`].
    pub fn rounded(amount: Decimal, currency: Currency) -> Option<Self> {
        let digits = currency.digits();
        let mut rounded = amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(digits);
        let minor = i64::try_from(rounded.mantissa()).ok()?;
        (minor.abs() <= LARGEST).then_some(Self { minor, currency })
    }

    pub fn minor(self) -> i64 {
        self.minor
    }

    pub fn currency(self) -> Currency {
        self.currency
    }

    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.digits())
    }

    pub fn is_positive(self) -> bool {
        self.minor > 0
    }

    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    pub fn sum(currency: Currency, all: impl IntoIterator<Item = Money>) -> Money {
        all.into_iter().fold(Money::zero(currency), Add::add)
    }
}

impl Add for Money {
    type Output = Money;

    /// # Panics
    /// For two currencies: a document has one, and totals are kept apart by it.
    fn add(self, other: Money) -> Money {
        assert_eq!(self.currency, other.currency, "sums never mix currencies");
        Money { minor: self.minor + other.minor, ..self }
    }
}

impl Neg for Money {
    type Output = Money;

    fn neg(self) -> Money {
        Money { minor: -self.minor, ..self }
    }
}

impl Sub for Money {
    type Output = Money;

    /// # Panics
    /// As its `Add`.
    fn sub(self, other: Money) -> Money {
        self + -other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(amount: &str, code: &str) -> Option<i64> {
        let amount = amount.parse().expect("a decimal");
        Money::rounded(amount, Currency::parse(code).expect("a currency")).map(Money::minor)
    }

    #[test]
    fn p21_halves_go_away_from_zero() {
        for (amount, code, minor) in [
            ("1.005", "EUR", 101),
            ("-1.005", "EUR", -101),
            ("1.00499999", "EUR", 100),
            ("2.5", "EUR", 250),
            ("0.5", "JPY", 1),
            ("-0.5", "JPY", -1),
            ("1.0005", "KWD", 1_001),
            ("7", "KWD", 7_000),
        ] {
            assert_eq!(rounded(amount, code), Some(minor), "{amount} {code}");
        }
    }

    #[test]
    fn an_amount_beyond_all_reason_is_none() {
        assert_eq!(rounded("10000000000000000", "EUR"), Some(LARGEST));
        assert_eq!(rounded("10000000000000000.01", "EUR"), None);
        assert_eq!(rounded("9999999999999999999999999999", "KWD"), None);
    }

    #[test]
    #[should_panic(expected = "sums never mix currencies")]
    fn p20_totals_never_mix_currencies() {
        let yen = Currency::parse("JPY").expect("a currency");
        let _ = Money::new(1, Currency::EURO) + Money::new(1, yen);
    }
}
