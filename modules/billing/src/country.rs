//! Countries by their two letters (ISO 3166-1), which electronic invoices ask for.

use iso_country::Country;

/// Empty where nobody said.
///
/// # Errors
/// The key of a sentence that says what to change.
pub fn parse_country(typed: &str) -> Result<String, &'static str> {
    let letters = typed.trim().to_ascii_uppercase();
    match letters.is_empty() || letters.parse::<Country>().is_ok() {
        true => Ok(letters),
        false => Err("billing-error-country"),
    }
}

/// Member states of the European Union, and Northern Ireland, which for goods is like one (Windsor Framework).
const UNION: [&str; 28] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];
const NORTHERN_IRELAND: &str = "XI";

pub fn is_of_union(country: &str) -> bool {
    UNION.contains(&country)
}

/// The same for where goods went.
///
/// # Errors
/// The key of a sentence that says what to change.
pub fn parse_delivery_country(typed: &str) -> Result<String, &'static str> {
    match typed.trim().eq_ignore_ascii_case(NORTHERN_IRELAND) {
        true => Ok(NORTHERN_IRELAND.to_owned()),
        false => parse_country(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_letters_of_the_list_or_not_said() {
        for (typed, letters) in [(" fr ", "FR"), ("DE", "DE"), ("gr", "GR"), ("", "")] {
            assert_eq!(parse_country(typed).as_deref(), Ok(letters), "{typed:?}");
        }
        for wrong in ["France", "XX", "UK", "F", "F1", "É", "FR\0"] {
            assert_eq!(parse_country(wrong), Err("billing-error-country"), "{wrong:?}");
        }
    }

    #[test]
    fn goods_go_to_northern_ireland_by_a_code_that_is_no_country() {
        assert_eq!(parse_delivery_country(" xi ").as_deref(), Ok("XI"));
        assert_eq!(parse_delivery_country("gr").as_deref(), Ok("GR"));
        assert_eq!(parse_delivery_country("EU"), Err("billing-error-country"));
        assert!(UNION[..27].iter().all(|country| parse_country(country).as_deref() == Ok(*country)));
    }
}
