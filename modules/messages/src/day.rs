//! The days between messages.

use jiff::civil::Date;

/// Under which day a message stands, and whether that day begins with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    pub day: Date,
    pub begins: bool,
}

/// Of messages in their order, which were written on these days. A day begins once: what a machine wrote whose clock
/// is behind stands under the day that has begun.
pub fn by_day(written: impl IntoIterator<Item = Date>) -> Vec<Placed> {
    let mut reached: Option<Date> = None;
    let place = |own: Date| {
        let begins = reached.is_none_or(|day| day < own);
        let day = reached.map_or(own, |day| day.max(own));
        reached = Some(day);
        Placed { day, begins }
    };
    written.into_iter().map(place).collect()
}

/// How a day is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named {
    Today,
    Yesterday,
    Other(Date),
}

impl Named {
    pub fn of(day: Date, today: Date) -> Self {
        match day.tomorrow() {
            _ if day == today => Self::Today,
            Ok(next) if next == today => Self::Yesterday,
            _ => Self::Other(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The days that begin, and how many messages stand under each.
    fn headings(written: &[Date]) -> Vec<(Date, usize)> {
        let placed = by_day(written.iter().copied());
        assert_eq!(placed.len(), written.len());
        let begun = placed.iter().filter(|placed| placed.begins);
        begun.map(|begun| (begun.day, placed.iter().filter(|it| it.day == begun.day).count())).collect()
    }

    #[test]
    fn each_day_begins_once_with_its_first_message() {
        let [first, second, last] = [date(2026, 2, 28), date(2026, 3, 1), date(2027, 1, 1)];
        assert!(headings(&[]).is_empty());
        assert_eq!(headings(&[first]), [(first, 1)]);
        assert_eq!(headings(&[first, first, second, last, last]), [(first, 2), (second, 1), (last, 2)]);
    }

    #[test]
    fn a_clock_that_is_behind_begins_no_day_again() {
        let [first, second] = [date(2026, 12, 31), date(2027, 1, 1)];
        assert_eq!(headings(&[first, second, first, second]), [(first, 1), (second, 3)]);
    }

    #[test]
    fn a_day_is_called_by_its_distance_from_today() {
        let today = date(2026, 3, 1);
        assert_eq!(Named::of(today, today), Named::Today);
        assert_eq!(Named::of(date(2026, 2, 28), today), Named::Yesterday);
        for day in [date(2026, 2, 27), date(2025, 3, 1), date(2026, 3, 2), Date::MAX, Date::MIN] {
            assert_eq!(Named::of(day, today), Named::Other(day));
        }
    }
}
