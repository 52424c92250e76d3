//! Currencies of ISO 4217. How many digits the minor unit of each has is a table that a kept crate
//! holds; nothing here assumes two (P20).

use std::fmt;

use iso_currency::Currency as Iso;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(Iso);

impl Currency {
    pub const EURO: Currency = Currency(Iso::EUR);

    /// By its code of three letters.
    ///
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        Iso::from_code(&typed.trim().to_ascii_uppercase())
            .map(Currency)
            .filter(|currency| currency.is_money())
            .ok_or("billing-error-currency")
    }

    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Of the minor unit: JPY 0, EUR 2, KWD 3.
    pub fn digits(self) -> u32 {
        self.0.exponent().unwrap_or_default().into()
    }

    /// Whatever can be paid with today, by code.
    pub fn all() -> Vec<Currency> {
        // ISO 4217 numbers have three digits.
        let numbered = (1..1_000).filter_map(Iso::from_numeric).map(Currency);
        let mut all: Vec<_> = numbered.filter(|currency| currency.is_money()).collect();
        all.sort_by_key(|currency| currency.code());
        all
    }

    /// Gold, funds and the code for tests are no money, and former currencies are no longer.
    fn is_money(self) -> bool {
        let Currency(iso) = self;
        let is_other = iso.is_special() || iso.is_fund() || iso.is_superseded().is_some();
        iso.exponent().is_some() && !is_other
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p20_every_currency_has_its_own_number_of_digits() {
        for (code, digits) in
            [("JPY", 0), ("KRW", 0), ("ISK", 0), ("EUR", 2), ("USD", 2), ("HUF", 2), ("KWD", 3), ("TND", 3)]
        {
            assert_eq!(Currency::parse(code).map(Currency::digits), Ok(digits), "{code}");
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(Currency::parse(" eur "), Ok(Currency::EURO));
        for wrong in ["", "EU", "€", "EURO", "XAU", "XTS", "CLF", "HRK", "EU\0"] {
            assert_eq!(Currency::parse(wrong), Err("billing-error-currency"), "{wrong:?}");
        }
    }

    #[test]
    fn the_list_holds_what_people_pay_with() {
        let all = Currency::all();
        assert!(all.len() > 140, "{}", all.len());
        assert!(all.contains(&Currency::EURO) && all.windows(2).all(|pair| pair[0].code() < pair[1].code()));
    }
}
