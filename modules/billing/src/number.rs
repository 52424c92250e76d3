//! How numbers of documents look: a pattern such as `INV-{year}-{number}`, in which the count has four
//! digits and grows when they are used up (P23).

/// Where the count and the year of issue stand.
const NUMBER: &str = "{number}";
const YEAR: &str = "{year}";
/// In characters, marks included.
pub const LONGEST: u32 = 40;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFormat(String);

impl NumberFormat {
    /// # Errors
    /// The key of a sentence that says what to change.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let pattern = typed.trim();
        let rest = pattern.replacen(NUMBER, "", 1).replacen(YEAR, "", 1);
        let is_plain = rest.chars().all(|c| c.is_alphanumeric() || "-_/. #".contains(c));
        let is_short = pattern.chars().count() <= LONGEST as usize;
        match pattern.contains(NUMBER) && is_plain && is_short {
            true => Ok(Self(pattern.to_owned())),
            false => Err("billing-error-format"),
        }
    }

    /// The part of a year's or of all counting that a number belongs to: with the year in the
    /// pattern each year starts at 1.
    pub fn series(&self, year: i16) -> i32 {
        if self.0.contains(YEAR) { year.into() } else { 0 }
    }

    pub fn number(&self, year: i16, count: i64) -> String {
        self.0.replace(YEAR, &format!("{year:04}")).replace(NUMBER, &format!("{count:04}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(pattern: &str) -> NumberFormat {
        NumberFormat::parse(pattern).expect("a pattern")
    }

    #[test]
    fn p23_9999_is_followed_by_10000() {
        let invoices = format(" INV-{year}-{number} ");
        assert_eq!(invoices.number(2026, 1), "INV-2026-0001");
        assert_eq!(invoices.number(2026, 9_999), "INV-2026-9999");
        assert_eq!(invoices.number(2026, 10_000), "INV-2026-10000");
    }

    #[test]
    fn a_year_in_the_pattern_begins_a_series_each_year() {
        assert_eq!(format("{year}/{number}").series(2026), 2026);
        assert_eq!(format("R{number}").series(2026), 0);
    }

    #[test]
    fn a_pattern_says_where_the_number_stands_once() {
        for wrong in ["", "INV", "{number}{number}", "{n}", "{number", "<b>{number}", "{month}{number}"] {
            assert_eq!(NumberFormat::parse(wrong), Err("billing-error-format"), "{wrong:?}");
        }
        assert!(NumberFormat::parse("Facture n° {number}").is_err(), "no sign that file names cannot hold");
    }
}
