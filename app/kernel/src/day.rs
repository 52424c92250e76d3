//! Days without a time, as both databases keep them: `2026-11-23`.

use jiff::civil::Date;

/// Years in which work can lie; a slip of the finger is in none of them.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

/// An empty field is no day.
///
/// # Errors
/// The key of a sentence that says what to change.
pub fn parse_day(text: &str) -> Result<Option<Date>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // jiff reads many forms of ISO 8601; browsers send this one, and the database sorts by it.
    let day = stored_day(text).filter(|day| text == day.to_string() && YEARS.contains(&day.year()));
    day.map(Some).ok_or("ui-error-day")
}

/// As it stands in the database.
pub fn stored_day(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_written_as_browsers_send_it() {
        assert_eq!(parse_day(" 2028-02-29 "), Ok(Some(date(2028, 2, 29))));
        assert_eq!(parse_day(""), Ok(None));
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "0026-01-01",
            "26-1-1",
            "20260101",
            "23.11.2026",
            "2026-01-01T10:00",
            "x\0",
        ] {
            assert_eq!(parse_day(wrong), Err("ui-error-day"), "{wrong:?}");
        }
    }
}
