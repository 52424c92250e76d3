//! What Stripe counts an amount in (<https://docs.stripe.com/currencies>): mostly the currency's minor unit.

use portico_kernel::{ProviderAmount, ProviderError, ProviderResult};

/// In hundredths at Stripe, though the currency has none (any more).
const IN_HUNDREDTHS: [&str; 2] = ["ISK", "UGX"];
/// In whole units at Stripe, though ISO 4217 gives two digits.
const WHOLE: [&str; 1] = ["MGA"];
/// In thousandths of which the last is zero.
const IN_HUNDREDTHS_OF_THOUSANDTHS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// # Errors
/// [`ProviderError::Amount`] for what cannot be said in Stripe's units.
pub fn to_stripe(amount: &ProviderAmount) -> ProviderResult<i64> {
    let (minor, currency) = (amount.minor, amount.currency.as_str());
    let units = match currency {
        _ if IN_HUNDREDTHS.contains(&currency) => minor.checked_mul(100),
        _ if WHOLE.contains(&currency) => (minor % 100 == 0).then_some(minor / 100),
        _ if IN_HUNDREDTHS_OF_THOUSANDTHS.contains(&currency) => (minor % 10 == 0).then_some(minor),
        _ => Some(minor),
    };
    units.filter(|units| *units > 0).ok_or(ProviderError::Amount)
}

/// `None` for what the currency has no unit for.
pub fn from_stripe(units: i64, currency: &str) -> Option<ProviderAmount> {
    let currency = currency.to_ascii_uppercase();
    let minor = match currency.as_str() {
        known if IN_HUNDREDTHS.contains(&known) => (units % 100 == 0).then_some(units / 100)?,
        known if WHOLE.contains(&known) => units.checked_mul(100)?,
        _ => units,
    };
    Some(ProviderAmount { minor, currency })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p20_amounts_are_what_stripe_calls_them_and_come_back_the_same() {
        // Minor units as ISO 4217 has them, and Stripe's.
        for (currency, minor, stripe) in [
            ("EUR", 1_099, 1_099),
            ("JPY", 500, 500),
            ("KWD", 5_120, 5_120),
            ("ISK", 5, 500),
            ("UGX", 5, 500),
            ("MGA", 500, 5),
            ("HUF", 1_000, 1_000),
        ] {
            let amount = ProviderAmount { minor, currency: currency.to_owned() };
            assert_eq!(to_stripe(&amount).ok(), Some(stripe), "{currency}");
            assert_eq!(from_stripe(stripe, &currency.to_lowercase()), Some(amount), "{currency}");
        }
    }

    #[test]
    fn p20_an_amount_between_two_of_stripes_is_refused_and_not_rounded() {
        for (currency, minor) in [("KWD", 5_124), ("MGA", 550), ("EUR", 0), ("EUR", -1), ("ISK", i64::MAX)] {
            let amount = ProviderAmount { minor, currency: currency.to_owned() };
            assert!(matches!(to_stripe(&amount), Err(ProviderError::Amount)), "{currency} {minor}");
        }
        assert_eq!(from_stripe(550, "isk"), None);
    }
}
