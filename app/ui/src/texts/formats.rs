//! Dates, sizes and numbers as each language writes them.

use fluent_bundle::FluentValue;
use jiff::ZonedDateTime;
use jiff::civil::Date;

use super::{Language, Text};

pub(super) fn date(text: Text, date: Date) -> String {
    format!("{} {} {}", day(text, date), text.say(&format!("ui-month-{}", date.month())), date.year())
}

pub(super) fn short_date(text: Text, date: Date) -> String {
    format!("{} {}", day(text, date), text.say(&format!("ui-month-short-{}", date.month())))
}

pub(super) fn moment(text: Text, at: &ZonedDateTime) -> String {
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    text.say_with("ui-moment", &[("date", date(text, at.date()).into()), ("time", time.into())])
}

pub(super) fn ago(text: Text, then: &ZonedDateTime, now: &ZonedDateTime) -> String {
    let minutes = (now.timestamp().as_second() - then.timestamp().as_second()) / 60;
    let (key, count) = match minutes {
        ..1 => return text.say("ui-just-now").into_owned(),
        1..60 => ("ui-minutes-ago", minutes),
        60..1_440 => ("ui-hours-ago", minutes / 60),
        1_440..40_320 => ("ui-days-ago", minutes / 1_440),
        _ => return date(text, then.date()),
    };
    text.say_with(key, &[("count", count.into())])
}

/// French writes the first of a month as an ordinal, and only the first.
fn day(text: Text, date: Date) -> String {
    match (text.language, date.day()) {
        (Language::French, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    }
}

pub(super) fn number(language: Language, number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(language, &number.unsigned_abs().to_string()))
}

fn grouped(language: Language, digits: &str) -> String {
    let separator = match language {
        Language::English => ',',
        // A narrow no-break space, as in CLDR's French.
        Language::French => '\u{202f}',
    };
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

pub(super) fn decimal(language: Language, plain: &str) -> String {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let whole = grouped(language, whole);
    match fraction {
        Some(fraction) => format!("{sign}{whole}{}{fraction}", decimal_mark(language)),
        None => format!("{sign}{whole}"),
    }
}

pub(super) fn amount(language: Language, minor: i64, digits: u32, currency: &str) -> String {
    let unit = 10_u64.pow(digits);
    let (whole, fraction) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let plain = match digits {
        0 => whole.to_string(),
        _ => format!("{whole}.{fraction:0width$}", width = digits as usize),
    };
    let sign = if minor < 0 { "-" } else { "" };
    let (figure, symbol) = (decimal(language, &plain), symbol(language, currency));
    match (language, symbol) {
        (Language::English, Some(symbol)) => format!("{sign}{symbol}{figure}"),
        (Language::English, None) => format!("{sign}{currency}\u{a0}{figure}"),
        (Language::French, symbol) => format!("{sign}{figure}\u{a0}{}", symbol.unwrap_or(currency)),
    }
}

/// Only where it means one currency to its readers: there are many dollars and crowns.
fn symbol(language: Language, currency: &str) -> Option<&'static str> {
    match (currency, language) {
        ("EUR", _) => Some("€"),
        ("GBP", _) => Some("£"),
        ("JPY", Language::English) => Some("¥"),
        ("USD", Language::English) => Some("$"),
        ("USD", Language::French) => Some("$US"),
        _ => None,
    }
}

fn decimal_mark(language: Language) -> char {
    match language {
        Language::English => '.',
        Language::French => ',',
    }
}

pub(super) fn bytes(language: Language, bytes: u64) -> String {
    let units = match language {
        Language::English => ["bytes", "kB", "MB", "GB", "TB"],
        Language::French => ["octets", "ko", "Mo", "Go", "To"],
    };
    let mut tenths = u128::from(bytes) * 10;
    let mut unit = 0;
    // 999.95 kB would be written "1000.0 kB": such sizes belong to the next unit.
    while unit + 1 < units.len() && (tenths >= 10_000 || (unit > 0 && tenths >= 9_995)) {
        tenths = (tenths + 500) / 1_000;
        unit += 1;
    }
    let whole = match unit {
        0 => bytes.to_string(),
        _ if tenths >= 100 => ((tenths + 5) / 10).to_string(),
        _ => format!("{}.{}", tenths / 10, tenths % 10),
    };
    match language {
        Language::English if bytes == 1 => "1 byte".to_owned(),
        Language::French if bytes < 2 => format!("{bytes} octet"),
        Language::English => format!("{whole} {}", units[unit]),
        Language::French => format!("{} {}", whole.replace('.', ","), units[unit]),
    }
}

/// How Fluent writes a number inside a sentence; `None` leaves the value to Fluent.
pub(super) fn fluent_number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        // Fluent holds numbers as f64, exact up to 2^53, far above any count we show.
        FluentValue::Number(n) if n.value.fract() == 0.0 => Some(number(language, n.value as i64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};
    use jiff::tz::TimeZone;

    use super::*;

    const ENGLISH: Text = Text { language: Language::English };
    const FRENCH: Text = Text { language: Language::French };

    #[test]
    fn dates_read_as_written_by_hand() {
        assert_eq!(ENGLISH.date(date(2026, 11, 23)), "23 November 2026");
        assert_eq!(FRENCH.date(date(2026, 3, 1)), "1er mars 2026");
        assert_eq!(FRENCH.short_date(date(2026, 11, 23)), "23 nov.");
    }

    #[test]
    fn moments_keep_the_zone_they_carry() {
        let at = datetime(2026, 11, 23, 14, 5, 0, 0)
            .to_zoned_datetime(TimeZone::fixed(jiff::tz::offset(1)))
            .expect("fixed offset");
        assert_eq!(ENGLISH.moment(&at), "23 November 2026, 14:05");
        assert_eq!(FRENCH.moment(at), "23 novembre 2026 à 14:05");
    }

    #[test]
    fn how_long_ago() {
        let at = |day, hour, minute| {
            datetime(2026, 11, day, hour, minute, 0, 0).to_zoned_datetime(TimeZone::UTC).expect("UTC")
        };
        let now = at(23, 14, 5);
        assert_eq!(ENGLISH.ago(at(23, 14, 5), &now), "just now");
        assert_eq!(ENGLISH.ago(at(23, 14, 4), &now), "1 minute ago");
        assert_eq!(FRENCH.ago(at(23, 12, 0), &now), "il y a 2 heures");
        assert_eq!(ENGLISH.ago(at(20, 12, 0), &now), "3 days ago");
    }

    #[test]
    fn sizes_round_to_what_fits() {
        let english = |size| ENGLISH.bytes(size);
        assert_eq!(english(0), "0 bytes");
        assert_eq!(english(1), "1 byte");
        assert_eq!(english(999), "999 bytes");
        assert_eq!(english(1_000), "1.0 kB");
        assert_eq!(english(1_234_567), "1.2 MB");
        assert_eq!(english(45_600_000), "46 MB");
        assert_eq!(english(999_999), "1.0 MB");
        assert_eq!(FRENCH.bytes(1_234_567), "1,2 Mo");
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!(ENGLISH.number(-1_234_567), "-1,234,567");
        assert_eq!(ENGLISH.number(999), "999");
        assert_eq!(FRENCH.number(1_234), "1\u{202f}234");
    }

    /// As Unicode's CLDR writes them.
    #[test]
    fn p41_amounts_are_written_as_each_language_does() {
        let (english, french) = (Text::new(Language::English), Text::new(Language::French));
        for (minor, digits, code, in_english, in_french) in [
            (652_781, 2, "EUR", "€6,527.81", "6\u{202f}527,81\u{a0}€"),
            (-5, 2, "EUR", "-€0.05", "-0,05\u{a0}€"),
            (1_234, 0, "JPY", "¥1,234", "1\u{202f}234\u{a0}JPY"),
            (1_001, 3, "KWD", "KWD\u{a0}1.001", "1,001\u{a0}KWD"),
            (0, 2, "CHF", "CHF\u{a0}0.00", "0,00\u{a0}CHF"),
        ] {
            assert_eq!(english.amount(minor, digits, code), in_english);
            assert_eq!(french.amount(minor, digits, code), in_french);
        }
        assert_eq!(
            (english.decimal("-1234.5"), french.decimal("0.125")),
            ("-1,234.5".into(), "0,125".into())
        );
    }
}
