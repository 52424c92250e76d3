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
}
