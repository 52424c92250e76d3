//! Decimals as people type them: quantities, unit prices and percentages. Each kind has so few
//! digits that no product of three of them exceeds the 28 that a [`Decimal`] holds exactly: what is
//! rounded is rounded once, to the currency.

use rust_decimal::{Decimal, RoundingStrategy};

/// Digits before and after the point.
struct Room {
    whole: u32,
    decimals: u32,
}

macro_rules! figure {
    ($($(#[$doc:meta])* $name:ident: $room:expr, $fits:expr, $wrong:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub struct $name(Decimal);

        impl $name {
            /// # Errors
            /// The key of a sentence that says what to change.
            pub fn parse(typed: &str) -> Result<Self, &'static str> {
                let decimal = read(typed)?;
                let fits: fn(Decimal) -> bool = $fits;
                match has_room(decimal, &$room) && fits(decimal) {
                    true => Ok(Self(decimal)),
                    false => Err($wrong),
                }
            }

            /// As it stands in the database.
            pub fn stored(text: &str) -> Option<Self> {
                text.parse().ok().map(Self)
            }

            pub fn decimal(self) -> Decimal {
                self.0
            }

            /// As it is typed and stored: `16`, `348.35`.
            pub fn plain(self) -> String {
                self.0.to_string()
            }
        }
    )+};
}

figure! {
    /// Hours, pieces. Negative where something is deducted, such as a deposit.
    Quantity: Room { whole: 6, decimals: 3 }, |decimal| !decimal.is_zero(), "billing-error-quantity";
    /// Of one unit, net. Finer than the currency where needed (EN 16931, BT-146).
    UnitPrice: Room { whole: 10, decimals: 5 }, |decimal| !decimal.is_sign_negative(), "billing-error-price";
    /// Of a discount.
    Discount: Room { whole: 3, decimals: 2 }, is_share, "billing-error-discount";
    /// Of what a quote comes to.
    Share: Room { whole: 3, decimals: 2 }, |decimal| is_share(decimal) && !decimal.is_zero(), "billing-error-deposit-share";
    /// Of a tax.
    TaxPercent: Room { whole: 3, decimals: 3 }, is_share, "billing-error-percent";
}

impl Discount {
    pub const NONE: Self = Self(Decimal::ZERO);

    /// An empty field is no discount.
    ///
    /// # Errors
    /// As [`Discount::parse`].
    pub fn parse_optional(typed: &str) -> Result<Self, &'static str> {
        match typed.trim() {
            "" => Ok(Self::NONE),
            typed => Self::parse(typed),
        }
    }

    pub fn is_none(self) -> bool {
        self.0.is_zero()
    }
}

impl Share {
    /// Of a percent.
    pub fn hundredths(self) -> i128 {
        let mut exact = self.decimal();
        exact.rescale(2);
        exact.mantissa()
    }
}

impl UnitPrice {
    /// Of an amount, whichever its sign.
    pub fn of(amount: Decimal) -> Self {
        Self(amount.abs())
    }
}

impl Quantity {
    pub const ONE: Self = Self(Decimal::ONE);

    pub fn opposite(self) -> Quantity {
        Quantity(-self.0)
    }

    pub fn minus(self, other: Quantity) -> Option<Quantity> {
        let left = (self.0 - other.0).normalize();
        (!left.is_zero()).then_some(Quantity(left))
    }

    /// So many days out of those that all of it is for, to a thousandth and never nothing.
    pub fn part(self, days: u32, of: u32) -> Quantity {
        let exact = self.0 * Decimal::from(days) / Decimal::from(of);
        let rounded = exact.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero).normalize();
        match rounded.is_zero() {
            true => Quantity(Decimal::new(if self.0.is_sign_negative() { -1 } else { 1 }, 3)),
            false => Quantity(rounded),
        }
    }

    pub fn plus(self, other: Quantity) -> Quantity {
        Quantity((self.0 + other.0).normalize())
    }
}

fn is_share(decimal: Decimal) -> bool {
    !decimal.is_sign_negative() && decimal <= Decimal::ONE_HUNDRED
}

fn has_room(decimal: Decimal, room: &Room) -> bool {
    decimal.scale() <= room.decimals && decimal.abs() < Decimal::from(10_u64.pow(room.whole))
}

/// Point and comma are both decimal marks somewhere, and separators of thousands elsewhere: what can
/// be read in two ways is asked about, since a price a thousand times too small is no mistake to
/// make quietly. Spaces separate thousands everywhere.
///
/// # Errors
/// The key of a sentence that says what to change.
pub fn read(typed: &str) -> Result<Decimal, &'static str> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (sign, digits) = match digits.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", digits.as_str()),
    };
    let (whole, fraction) = match digits.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, "0"),
    };
    if fraction.contains(['.', ',']) {
        return Err("billing-error-two-marks");
    }
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || digits.len() > 28 {
        return Err("billing-error-figure");
    }
    let thousands =
        digits.contains(',') && fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    if thousands {
        return Err("billing-error-thousands");
    }
    let decimal: Decimal = format!("{sign}{whole}.{fraction}").parse().map_err(|_| "billing-error-figure")?;
    Ok(decimal.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(typed: &str) -> Result<String, &'static str> {
        UnitPrice::parse(typed).map(UnitPrice::plain)
    }

    #[test]
    fn point_and_comma_are_both_decimal_marks() {
        for (typed, plain) in [
            ("348.35", "348.35"),
            ("348,35", "348.35"),
            (" 1 234,50 ", "1234.5"),
            ("1\u{202f}234,5", "1234.5"),
            ("0,125", "0.125"),
            ("1.234", "1.234"),
            ("1234", "1234"),
            ("007", "7"),
            ("0", "0"),
        ] {
            assert_eq!(price(typed).as_deref(), Ok(plain), "{typed:?}");
        }
    }

    #[test]
    fn what_could_be_thousands_is_asked_about() {
        for typed in ["1,234", "12,345", "-100,000"] {
            assert_eq!(price(typed), Err("billing-error-thousands"), "{typed:?}");
        }
        for typed in ["1,234.50", "1.234,50", "1.234.567"] {
            assert_eq!(price(typed), Err("billing-error-two-marks"), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_answered_in_words() {
        for typed in ["", "-", ".", ",5", "5.", "1e3", "0x10", "١٢", "12 €", "NaN", "1\0"] {
            assert_eq!(price(typed), Err("billing-error-figure"), "{typed:?}");
        }
    }

    #[test]
    fn every_kind_has_its_bounds() {
        assert_eq!(price("-1"), Err("billing-error-price"));
        assert_eq!(price("9999999999.99999").as_deref(), Ok("9999999999.99999"));
        assert_eq!(price("10000000000"), Err("billing-error-price"));
        assert_eq!(price("0.000001"), Err("billing-error-price"));
        assert!(Quantity::parse("-1.5").is_ok());
        for wrong in ["0", "1000000", "0.0001"] {
            assert_eq!(Quantity::parse(wrong), Err("billing-error-quantity"), "{wrong}");
        }
        assert!(Discount::parse("100").is_ok() && Discount::parse_optional(" ").is_ok_and(Discount::is_none));
        assert_eq!(Discount::parse("100.01"), Err("billing-error-discount"));
        assert_eq!(TaxPercent::parse("-1"), Err("billing-error-percent"));
    }

    #[test]
    fn a_stored_figure_is_read_back_as_it_was() {
        let quantity = Quantity::parse("12,5").expect("a quantity");
        assert_eq!(Quantity::stored(&quantity.plain()), Some(quantity));
    }
}
